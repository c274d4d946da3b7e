"""One gets in by login id and password, and whoever guesses is stopped."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.portal.access_steps import OTHER_PASSWORD, PASSWORD, give_password, is_in, log_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage")]

REFUSAL = "Benutzerkennung und Kennwort passen nicht zusammen."


def fail(client: Client, times: int, login_id: str = cast.ANNA) -> None:
    for _ in range(times):
        log_in(client, login_id, "falsch geraten")


def test_the_right_password_leads_to_the_overview(client: Client) -> None:
    give_password(cast.ANNA)
    answer = log_in(client, cast.ANNA)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cockpit/")
    assert is_in(client)


@pytest.mark.parametrize("typed", ["ANNA", " anna "])
def test_a_login_id_is_found_whatever_its_case_and_the_blanks_around_it(client: Client, typed: str) -> None:
    give_password(cast.ANNA)
    assert log_in(client, typed).status_code == 302


def test_a_login_id_that_differs_in_case_only_shuts_nobody_out(client: Client) -> None:
    cast.change_user(cast.BERND, login_id="Anna")
    give_password(cast.ANNA)
    assert log_in(client, "anna").status_code == 302
    assert log_in(Client(), "ANNA").status_code == 200


@pytest.mark.parametrize(
    ("login_id", "password"),
    [
        ("niemand", PASSWORD),
        (cast.ANNA, OTHER_PASSWORD),
        (cast.FRIDA, PASSWORD),  # has left
        (cast.ROBOT, PASSWORD),  # is a program
        (cast.BERND, PASSWORD),  # has not chosen a password yet
    ],
)
def test_everybody_who_does_not_get_in_reads_the_same(client: Client, login_id: str, password: str) -> None:
    for known in (cast.ANNA, cast.FRIDA, cast.ROBOT):
        give_password(known)
    answer = log_in(client, login_id, password)
    assert answer.status_code == 200
    assert REFUSAL in text_of(answer)
    assert f'value="{login_id}"' in answer.content.decode()
    assert password not in answer.content.decode()
    assert not is_in(client)


def test_an_address_is_no_login_id(client: Client) -> None:
    give_password(cast.ANNA)
    assert REFUSAL in text_of(log_in(client, "anna@brueckner.example"))


def test_one_returns_to_where_one_was(client: Client) -> None:
    give_password(cast.ANNA)
    asked = client.get("/cockpit/vermittlerpost/?seite=2")
    page = client.get(asked.headers["Location"]).content.decode()
    assert 'name="next" value="/cockpit/vermittlerpost/?seite=2"' in page
    answer = log_in(client, cast.ANNA, next="/cockpit/vermittlerpost/?seite=2")
    assert answer.headers["Location"] == "/cockpit/vermittlerpost/?seite=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "http://localhost/", "javascript:alert(1)", "/\\evil.example"],
)
def test_nobody_is_sent_elsewhere_after_the_login(client: Client, elsewhere: str) -> None:
    give_password(cast.ANNA)
    assert log_in(client, cast.ANNA, next=elsewhere).headers["Location"] == "/cockpit/"


def test_the_fifth_failure_locks_and_says_for_how_long(client: Client) -> None:
    give_password(cast.ANNA)
    fail(client, 4)
    answer = log_in(client, cast.ANNA, "falsch geraten")
    assert answer.status_code == 429
    assert "noch 15 Minuten gesperrt" in text_of(answer)
    assert answer.headers["Retry-After"] == "900"


def test_while_it_is_locked_the_right_password_does_not_help_and_does_not_prolong(client: Client) -> None:
    give_password(cast.ANNA)
    fail(client, 5)
    ten_minutes_later()
    answer = log_in(Client(REMOTE_ADDR="10.9.8.7"), cast.ANNA)
    assert answer.status_code == 429
    assert "noch 5 Minuten gesperrt" in text_of(answer)


def test_the_lock_ends_after_fifteen_minutes(client: Client) -> None:
    give_password(cast.ANNA)
    fail(client, 5)
    ten_minutes_later()
    ten_minutes_later()
    assert log_in(client, cast.ANNA).status_code == 302


def ten_minutes_later() -> None:
    # axes has a clock of its own, so that its rows are moved instead.
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=10)
        attempt.save()


def test_other_spellings_and_other_browsers_count_as_the_same_guesser() -> None:
    give_password(cast.ANNA)
    for spelling in ("anna", "Anna", "ANNA", "aNNA", " anna"):
        log_in(Client(headers={"User-Agent": spelling}), spelling, "falsch geraten")
    assert log_in(Client(), cast.ANNA).status_code == 429


def test_an_unknown_login_id_is_locked_like_a_known_one(client: Client) -> None:
    fail(client, 5, "niemand")
    assert log_in(client, "niemand").status_code == 429


def test_a_success_forgets_the_failures_before_it(client: Client) -> None:
    give_password(cast.ANNA)
    fail(client, 4)
    assert log_in(client, cast.ANNA).status_code == 302
    fail(Client(), 4)
    assert log_in(Client(), cast.ANNA).status_code == 302


def test_what_is_kept_of_a_failure_holds_no_secret(client: Client) -> None:
    log_in(client, cast.ANNA, "mein altes Geheimnis")
    kept = AccessAttempt.objects.get()
    assert "Geheimnis" not in f"{kept.post_data} {kept.get_data}"


def test_one_logs_out_by_a_button_and_not_by_a_link(client: Client) -> None:
    give_password(cast.ANNA)
    log_in(client, cast.ANNA)
    assert client.get(reverse("account_logout")).status_code == 405
    answer = client.post(reverse("account_logout"), follow=True)
    assert "Sie sind abgemeldet." in text_of(answer)
    assert not is_in(client)


def test_the_forms_of_access_ask_for_a_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    for name in ("account_login", "account_logout", "password_forgotten"):
        assert strict.post(reverse(name)).status_code == 403, name


@pytest.mark.parametrize("address", ["/accounts/signup/", "/signup/", "/anmelden/email/", "/accounts/email/"])
def test_pages_that_the_portal_does_not_offer_do_not_exist(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
