"""Another e-mail address holds once it is confirmed at the old one and at the new one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.portal.access_steps import link_of, text_of, visitor

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.journal.models import Entry
from vermittlerpost.notifications.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage")]

OLD, NEW = "anna@brueckner.example", "a.brueckner@neu.example"


def ask(client: Client, address: str = NEW) -> str:
    return text_of(client.post(reverse("address_change"), {"email": address}, follow=True))


def links() -> tuple[str, str]:
    """Return what was sent to the old and to the new address."""
    return link_of("address_change_old", OLD), link_of("address_change_new", NEW)


def address_of(login_id: str) -> str:
    return agencies.user(login_id).email


@pytest.mark.parametrize("old_first", [True, False])
def test_it_holds_when_both_have_confirmed_in_whatever_order(*, client: Client, old_first: bool) -> None:
    before = agencies.user(cast.ANNA).version
    assert f"Beantragt {NEW}" in ask(visitor(cast.ANNA))
    first, second = links() if old_first else reversed(links())
    assert "Nun fehlt noch die Bestätigung an der anderen Adresse" in text_of(client.post(first))
    assert address_of(cast.ANNA) == OLD
    assert f"Von jetzt an gilt {NEW}" in text_of(client.post(second))
    assert (address_of(cast.ANNA), agencies.user(cast.ANNA).version) == (NEW, before + 1)


def test_the_mere_opening_of_a_link_confirms_nothing(client: Client) -> None:
    ask(visitor(cast.ANNA))
    for link in links():
        assert NEW in text_of(client.get(link))
    assert address_of(cast.ANNA) == OLD


def test_confirming_one_side_twice_is_not_confirming_both(client: Client) -> None:
    ask(visitor(cast.ANNA))
    _, new = links()
    client.post(new)
    assert "Nun fehlt noch" in text_of(client.post(new))
    assert address_of(cast.ANNA) == OLD


def test_who_had_no_address_confirms_at_the_new_one_only(client: Client) -> None:
    ask(visitor(cast.GREGOR))
    assert not Mail.objects.filter(message="address_change_old").exists()
    client.post(link_of("address_change_new", NEW))
    assert address_of(cast.GREGOR) == NEW


def test_the_links_hold_for_a_day(client: Client, turn_clock: Callable[[str], datetime]) -> None:
    turn_clock("2026-03-20 09:00")
    here = visitor(cast.GREGOR)
    here.post(reverse("account_reauthenticate"), {"password": "Rhabarber Laterne Zugvogel"})
    ask(here)
    turn_clock("2026-03-21 09:00")
    assert client.post(link_of("address_change_new", NEW)).status_code == 410
    assert address_of(cast.GREGOR) == ""


def test_asking_again_overtakes_what_was_asked_before(client: Client) -> None:
    here = visitor(cast.ANNA)
    ask(here)
    overtaken = links()
    ask(here, "noch.anders@neu.example")
    assert [client.post(link).status_code for link in overtaken] == [410, 410]


def test_withdrawing_keeps_the_old_address(client: Client) -> None:
    here = visitor(cast.ANNA)
    ask(here)
    answer = here.post(reverse("address_change_withdraw"), follow=True)
    assert "Es bleibt bei Ihrer bisherigen Adresse." in text_of(answer)
    assert [client.post(link).status_code for link in links()] == [410, 410]


def test_an_address_that_somebody_else_set_meanwhile_stays(client: Client) -> None:
    ask(visitor(cast.ANNA))
    cast.change_user(cast.ANNA, email="zentrale@brueckner.example")
    assert [client.post(link).status_code for link in links()] == [410, 410]
    assert address_of(cast.ANNA) == "zentrale@brueckner.example"


@pytest.mark.parametrize(
    ("typed", "said"), [(OLD.upper(), "Das ist schon Ihre E-Mail-Adresse."), ("kein Postfach", "E-Mail")]
)
def test_a_bad_address_is_refused_beside_the_field_and_stays_in_it(typed: str, said: str) -> None:
    answer = visitor(cast.ANNA).post(reverse("address_change"), {"email": typed})
    assert said in text_of(answer)
    assert f'value="{typed}"' in answer.content.decode()
    assert not Mail.objects.exists()


def test_whoever_finds_an_open_screen_cannot_take_over_the_address(settings: LazySettings) -> None:
    here = visitor(cast.ANNA)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert (
        here.post(reverse("address_change"), {"email": NEW})
        .headers["Location"]
        .startswith(reverse("account_reauthenticate"))
    )
    assert not Mail.objects.exists()


def test_the_journal_knows_that_it_changed_and_not_to_what(client: Client) -> None:
    ask(visitor(cast.ANNA))
    for link in links():
        client.post(link)
    entries = list(Entry.objects.filter(subject="user:anna", kind__startswith="user.address").order_by("id"))
    assert [(entry.kind, entry.actor) for entry in entries] == [
        ("user.address_change_asked", cast.ANNA),
        ("user.address_changed", cast.ANNA),
    ]
    assert "example" not in str([entry.data for entry in entries])
