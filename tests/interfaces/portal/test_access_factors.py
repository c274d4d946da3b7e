"""The second factor: set up, asked for, enforced, removed."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.portal.access_steps import (
    PASSWORD,
    is_in,
    log_in,
    set_up_app,
    text_of,
    totp,
    visitor,
)

from vermittlerpost.agencies.models import Firm
from vermittlerpost.config.environment import Environment
from vermittlerpost.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage", "_no_memory")]


@pytest.fixture
def _no_memory() -> None:
    cache.clear()


def journalled(login_id: str) -> list[Any]:
    entries = Entry.objects.filter(subject=f"user:{login_id}", kind__startswith="user.second").order_by("id")
    return [(entry.kind, entry.actor, entry.data) for entry in entries]


def halfway(login_id: str) -> Client:
    """Return the browser of somebody whose password was right and who is asked for a code."""
    client = Client()
    answer = log_in(client, login_id)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    return client


def give(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def codes_of(client: Client) -> list[str]:
    return re.findall(r"<code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())


def test_who_set_up_the_app_is_asked_for_its_code() -> None:
    secret = set_up_app(visitor(cast.ANNA))
    client = halfway(cast.ANNA)
    assert not is_in(client)
    assert give(client, totp(secret)).headers["Location"] == "/cockpit/"
    assert is_in(client)
    assert journalled(cast.ANNA) == [("user.second_factor_added", cast.ANNA, {"factor": "Authenticator-App"})]


def test_who_set_it_up_sees_and_keeps_his_recovery_codes() -> None:
    client = visitor(cast.ANNA)
    set_up_app(client)
    assert len(codes_of(client)) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="notfallcodes.txt"'
    assert codes_of(client)[0] in file.content.decode()


def test_a_wrong_first_code_sets_nothing_up_and_shows_the_same_picture_again() -> None:
    client = visitor(cast.ANNA)
    first = re.search(r'src="(data:image/svg[^"]+)"', client.get(reverse("mfa_activate_totp")).content.decode())
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Der Code stimmt nicht." in text_of(answer)
    assert first
    assert first[1] in answer.content.decode()
    assert log_in(Client(), cast.ANNA).headers["Location"] == "/cockpit/"


def test_a_code_that_was_used_or_is_old_does_not_help() -> None:
    secret = set_up_app(visitor(cast.ANNA))
    give(halfway(cast.ANNA), totp(secret))
    assert "Der Code stimmt nicht." in text_of(give(halfway(cast.ANNA), totp(secret)))
    assert "Der Code stimmt nicht." in text_of(give(halfway(cast.ANNA), totp(secret, -3)))


def test_a_telephone_may_be_half_a_minute_off() -> None:
    secret = set_up_app(visitor(cast.ANNA))
    assert give(halfway(cast.ANNA), totp(secret, -1)).status_code == 302


def test_a_recovery_code_helps_once() -> None:
    client = visitor(cast.ANNA)
    set_up_app(client)
    code = codes_of(client)[0]
    assert give(halfway(cast.ANNA), code).status_code == 302
    cache.clear()
    assert "Der Code stimmt nicht." in text_of(give(halfway(cast.ANNA), code))
    assert len(codes_of(client)) == 9


def test_who_guesses_codes_is_locked_out_though_he_knows_the_password() -> None:
    secret = set_up_app(visitor(cast.ANNA))
    client = halfway(cast.ANNA)
    answers = [give(client, "000000") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert give(client, totp(secret)).status_code == 429
    assert log_in(Client(), cast.ANNA).status_code == 429


def test_the_password_alone_forgets_no_wrong_codes() -> None:
    set_up_app(visitor(cast.ANNA))
    for _ in range(4):
        give(halfway(cast.ANNA), "000000")
    assert give(halfway(cast.ANNA), "000000").status_code == 429


def test_one_may_break_off_at_the_code() -> None:
    set_up_app(visitor(cast.ANNA))
    client = halfway(cast.ANNA)
    client.post(reverse("account_logout"))
    assert client.get(reverse("account_login")).status_code == 200
    assert client.get(reverse("mfa_authenticate")).headers["Location"] == reverse("account_login")


def test_after_a_while_one_proves_oneself_again_before_the_second_factor_changes(settings: LazySettings) -> None:
    client = visitor(cast.ANNA)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    wrong = client.post(asked.headers["Location"], {"password": "geraten"})
    assert "Das Kennwort stimmt nicht." in text_of(wrong)
    right = client.post(asked.headers["Location"], {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    assert right.headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_who_has_an_app_may_prove_himself_by_a_code(settings: LazySettings) -> None:
    client = visitor(cast.ANNA)
    secret = set_up_app(client)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 302
    page = client.get(reverse("account_reauthenticate"))
    assert "Mit einem Code" in text_of(page)
    answers = [client.post(reverse("mfa_reauthenticate"), {"code": code}) for code in ("000000", totp(secret))]
    assert [answer.status_code for answer in answers] == [200, 302]


def test_removing_the_app_removes_the_codes_and_is_journalled() -> None:
    client = visitor(cast.ANNA)
    set_up_app(client)
    assert "Authenticator-App entfernen?" in text_of(client.get(reverse("mfa_deactivate_totp")))
    answer = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "Die Authenticator-App ist entfernt." in text_of(answer)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert log_in(Client(), cast.ANNA).headers["Location"] == "/cockpit/"
    assert journalled(cast.ANNA)[-1] == ("user.second_factor_removed", cast.ANNA, {"factor": "Authenticator-App"})


def test_new_recovery_codes_replace_the_old_ones() -> None:
    client = visitor(cast.ANNA)
    set_up_app(client)
    old = codes_of(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(codes_of(client))
    assert "Der Code stimmt nicht." in text_of(give(halfway(cast.ANNA), old[0]))


def test_a_firm_may_demand_a_second_factor_of_everybody() -> None:
    Firm.objects.filter(id=cast.BRUECKNER).update(second_factor=True)
    client = visitor(cast.BERND)
    answer = client.get(reverse("overview"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("second_factor_required")
    assert "Maklerhaus Brückner GmbH verlangt" in text_of(answer)
    assert client.post(reverse("sessions_end_others")).headers["Location"] == reverse("second_factor_required")
    set_up_app(client)
    assert is_in(client)
    assert client.get(reverse("second_factor_required")).headers["Location"] == "/cockpit/"


def test_in_production_administrators_need_one_and_others_do_not(settings: LazySettings) -> None:
    anna, bernd = visitor(cast.ANNA), visitor(cast.BERND)
    settings.ENVIRONMENT = Environment(environment="production")
    assert anna.get(reverse("overview")).headers["Location"] == reverse("second_factor_required")
    assert is_in(bernd)
    settings.ENVIRONMENT = Environment(environment="development")
    assert is_in(anna)


def test_passkeys_are_asked_for_with_what_the_browser_needs_to_know() -> None:
    client = visitor(cast.ANNA)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()
    assert '<script id="passkey-options" type="application/json">' in page
    assert '"name": "anna"' in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Laptop", "credential": "{}"})
    assert "Der Passkey wurde nicht verwendet" in text_of(answer)


def test_another_users_passkey_is_unknown() -> None:
    client = visitor(cast.ANNA)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[4711])).status_code == 404


def test_that_a_code_was_used_is_known_to_every_web_process() -> None:
    secret = set_up_app(visitor(cast.ANNA))
    give(halfway(cast.ANNA), totp(secret))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache WHERE cache_key LIKE '%code:%'")
        assert cursor.fetchone() == (1,)
