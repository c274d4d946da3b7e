"""Passwords: changed, forgotten, and chosen for the first time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.portal.access_steps import (
    OTHER_PASSWORD,
    PASSWORD,
    give_password,
    is_in,
    link_of,
    log_in,
    text_of,
    visitor,
)

from vermittlerpost.interfaces.portal.access import sending
from vermittlerpost.journal.models import Entry
from vermittlerpost.notifications.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage", "_no_memory")]

CHOSEN = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
ANNAS = {"login": "anna", "email": "Anna@Brueckner.example"}


@pytest.fixture
def _no_memory() -> None:
    cache.clear()


def forget(client: Client, **typed: str) -> str:
    """Ask for a new password, and return what is answered."""
    return text_of(client.post(reverse("password_forgotten"), {**ANNAS, **typed}, follow=True))


def journalled(login_id: str) -> list[str]:
    return list(Entry.objects.filter(subject=f"user:{login_id}", actor=login_id).values_list("kind", flat=True))


def test_a_forgotten_password_is_replaced_by_the_link_of_a_mail(client: Client) -> None:
    give_password(cast.ANNA)
    assert "60 Minuten" in forget(client)
    link = link_of("password_reset")
    assert cast.ANNA in text_of(client.get(link))
    assert "Sie können sich jetzt anmelden." in text_of(client.post(link, CHOSEN, follow=True))
    assert log_in(client, cast.ANNA, OTHER_PASSWORD).status_code == 302
    assert "user.password_reset" in journalled(cast.ANNA)


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "niemand"},
        {"email": "bernd@brueckner.example"},
        {"login": cast.FRIDA, "email": "frida@brueckner.example"},  # has left
        {"login": cast.ROBOT, "email": "robot@brueckner.example"},  # is a program
    ],
)
def test_who_asks_in_vain_reads_the_same_and_nobody_is_written_to(client: Client, typed: dict[str, str]) -> None:
    assert forget(client, **typed) == forget(Client())
    assert Mail.objects.exclude(user__login_id=cast.ANNA).count() == 0


def test_an_empty_address_belongs_to_no_login_id(client: Client) -> None:
    assert "Bitte prüfen Sie Ihre Angaben" in forget(client, login=cast.GREGOR, email="")
    assert not Mail.objects.exists()


def test_who_asks_again_and_again_is_written_to_once(client: Client) -> None:
    for _ in range(3):
        forget(client)
    assert Mail.objects.filter(message="password_reset").count() == 1


def test_the_link_for_a_new_password_holds_for_an_hour(client: Client, turn_clock: Callable[[str], datetime]) -> None:
    turn_clock("2026-03-20 09:00")
    forget(client)
    link = link_of("password_reset")
    turn_clock("2026-03-20 09:59:59")
    assert client.get(link).status_code == 200
    turn_clock("2026-03-20 10:00")
    answer = client.post(link, CHOSEN)
    assert answer.status_code == 410
    assert "Dieser Link gilt nicht mehr" in text_of(answer)


def test_a_link_sets_a_password_once(client: Client) -> None:
    forget(client)
    link = link_of("password_reset")
    assert client.post(link, CHOSEN).status_code == 302
    assert client.get(link).status_code == 410
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 410
    assert log_in(client, cast.ANNA, OTHER_PASSWORD).status_code == 302


@pytest.mark.parametrize("change", [{"active": False}, {"technical": True}, {"email": "neu@brueckner.example"}])
def test_a_link_dies_with_what_it_was_sent_for(client: Client, change: dict[str, Any]) -> None:
    forget(client)
    cast.change_user(cast.ANNA, **change)
    assert client.post(link_of("password_reset"), CHOSEN).status_code == 410


def test_a_link_for_one_purpose_opens_no_other_door(client: Client) -> None:
    forget(client)
    ticket = link_of("password_reset").split("/")[2]
    assert client.get(reverse("invitation", args=[ticket])).status_code == 410
    assert client.get(reverse("address_confirm", args=[ticket])).status_code == 410


@pytest.mark.parametrize("forged", ["x", "e30:x", "%00", "a:b:c", "ä"])
def test_a_forged_link_says_that_it_does_not_hold(client: Client, forged: str) -> None:
    assert client.get(f"/kennwort/{forged}/").status_code == 410


def test_a_new_password_ends_sessions_and_the_lock(client: Client) -> None:
    inside = visitor(cast.ANNA)
    for _ in range(5):
        log_in(client, cast.ANNA, "falsch geraten")
    forget(client)
    client.post(link_of("password_reset"), CHOSEN)
    assert not is_in(inside)
    assert log_in(client, cast.ANNA, OTHER_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("kurz", "kurz", "kürzer als 12 Zeichen"),
        ("123456789012345", "123456789012345", "nur aus Ziffern"),
        ("anna@brueckner.example", "anna@brueckner.example", "ähnelt Ihrem Namen"),
        (PASSWORD, OTHER_PASSWORD, "unterscheiden sich"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_with_the_reason(
    client: Client, first: str, second: str, reason: str
) -> None:
    forget(client)
    answer = client.post(link_of("password_reset"), {"password1": first, "password2": second})
    assert answer.status_code == 200
    assert reason in text_of(answer)
    assert client.get(link_of("password_reset")).status_code == 200


def test_who_is_invited_chooses_a_password_and_gets_in(client: Client) -> None:
    sending.invite(cast.BERND, by=cast.ANNA)
    mail = Mail.objects.get(message="invitation")
    assert mail.user.login_id == cast.BERND
    assert mail.content
    assert mail.content["firm"] == "Maklerhaus Brückner GmbH"
    link = link_of("invitation")
    assert "Willkommen" in text_of(client.get(link))
    assert client.post(link, CHOSEN).status_code == 302
    assert log_in(client, cast.BERND, OTHER_PASSWORD).status_code == 302
    assert "user.password_set" in journalled(cast.BERND)
    assert client.get(link).status_code == 410


def test_an_invitation_holds_for_a_fortnight(client: Client, turn_clock: Callable[[str], datetime]) -> None:
    turn_clock("2026-03-20 09:00")
    sending.invite(cast.BERND, by=cast.ANNA)
    turn_clock("2026-04-03 08:59")
    assert client.get(link_of("invitation")).status_code == 200
    turn_clock("2026-04-03 10:00")  # the clocks went forward in between
    assert client.get(link_of("invitation")).status_code == 410


def test_one_changes_ones_password_and_only_this_session_goes_on() -> None:
    here, elsewhere = visitor(cast.ANNA), Client()
    log_in(elsewhere, cast.ANNA)
    answer = here.post(reverse("account_change_password"), {"password": PASSWORD, **CHOSEN}, follow=True)
    assert "Ihr Kennwort ist geändert." in text_of(answer)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert "user.password_changed" in journalled(cast.ANNA)


def test_who_does_not_know_the_present_password_does_not_change_it() -> None:
    here = visitor(cast.ANNA)
    answer = here.post(reverse("account_change_password"), {"password": OTHER_PASSWORD, **CHOSEN})
    assert "Das Kennwort stimmt nicht." in text_of(answer)
    assert log_in(Client(), cast.ANNA).status_code == 302


def test_whoever_guesses_the_present_password_is_locked_out() -> None:
    here = visitor(cast.ANNA)
    answers = [here.post(reverse("account_change_password"), {"password": "geraten", **CHOSEN}) for _ in range(5)]
    assert answers[-1].status_code == 429


def test_anonymous_visitors_log_in_first(client: Client) -> None:
    for name in ("account_change_password", "address_change", "usersessions_list", "mfa_index", "mfa_activate_totp"):
        answer = client.get(reverse(name))
        assert answer.headers["Location"] == f"/anmelden/?next={reverse(name)}", name
