"""The calendar: due dates for whoever has the secret address, and nothing about customers."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

Visit = Callable[[str], Client]

PAGE = "/services/mein-profil/kalender/"
PROSPECT = "Liegt bis dahin kein Antrag vor, erinnern wir zum letzten Mal daran."


@pytest.fixture(autouse=True)
def morning(stage: None) -> Iterator[None]:
    """Let a vehicle be registered in Bonn and one in Hamburg, both reminded; it is 9 March."""
    acts.confirm("NL00003", agency=cast.HAMBURG)
    acts.register()
    acts.register("Z-3", evb="NL00003", plate="HH-AB 3", vin="")
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    with clock.turned_to(moment("2026-03-09 09:00")):
        yield


def address(client: Client) -> str:
    """Make an address and return its path as it is shown."""
    shown = re.search(r"https?://[^/]+(/kalender/[\w-]+\.ics)", client.post(PAGE).content.decode())
    assert shown
    return shown[1]


def feed(path: str) -> HttpResponse:
    """Ask as a calendar does: without a login."""
    answer = Client().get(path)
    assert isinstance(answer, HttpResponse)
    return answer


def events(path: str) -> list[tuple[str, date]]:
    return [(str(event["summary"]), event["dtstart"].dt) for event in read(path)]


def read(path: str) -> list[Any]:
    """Read the feed as a calendar does."""
    return list(Calendar.from_ical(feed(path).content).walk("VEVENT"))


def test_the_feed_holds_the_due_dates_of_the_open_letters_of_the_scope(visit: Visit) -> None:
    path = address(visit("carla"))
    assert events(path) == [("Frist: Erinnerung (Agentur 4710)", date(2026, 3, 17))]
    assert events(address(visit("olga"))) == [("Frist: Erinnerung (Agentur 5000)", date(2026, 3, 17))]
    assert events(address(visit("dora"))) == []


def test_what_is_done_leaves_the_calendar(visit: Visit) -> None:
    path = address(visit("carla"))
    deliver.mark_done(letters=[acts.letter().id], by="carla")
    assert events(path) == []
    deliver.reopen(letters=[acts.letter().id], by="carla")
    assert events(path) == [("Frist: Erinnerung (Agentur 4710)", date(2026, 3, 17))]
    acts.apply("A-1", "2026-03-09 08:00", vin=acts.VIN)
    assert events(path) == []


def test_the_feed_names_neither_vehicle_nor_person(visit: Visit) -> None:
    answer = feed(address(visit("carla")))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    told = answer.content.decode().replace("\r\n ", "")
    personal = [acts.PLATE, "WB", acts.VIN, acts.EVB, acts.POLICYHOLDER, "Übelacker", acts.intake_case("Z-1"), "carla"]
    assert not [word for word in personal if word.lower() in told.lower()]


def test_an_event_is_a_day_with_a_lasting_name_and_a_way_to_its_letter(visit: Visit) -> None:
    path = address(visit("carla"))
    first = read(path)[0]
    letter = acts.letter()
    assert str(first["uid"]).startswith(f"{letter.id}@")
    assert str(first["url"]).endswith(f"/cockpit/vermittlerpost/{letter.id}/")
    assert (first["dtstart"].dt, first["dtend"].dt) == (letter.due_on, date(2026, 3, 18))
    entry = delivery.entry(agencies.user("carla"), letter.id)
    assert entry
    assert first["dtstamp"].dt == entry.provided_at
    assert feed(path).content == feed(path).content


def test_an_event_says_what_happens_next_when_who_is_told_and_what_prevents_it(visit: Visit) -> None:
    case = acts.intake_case("Z-1")
    cases.hold(case=case, until=date(2026, 3, 20), reason=f"Anruf von {acts.POLICYHOLDER}", by="insurer")
    path = address(visit("carla"))
    told = str(read(path)[0]["description"]).split("\n")
    assert told[:3] == [
        f"Nächster Schritt am Mo., 23.03.2026: Letzte Erinnerung. {PROSPECT}",
        "Der Vorgang ruht bis Fr., 20.03.2026.",
        "Das Schreiben geht an Agentur 4710 (Elektronisch).",
    ]
    assert told[3].startswith("Was das verhindert: Ein Antrag, der vorher eingeht.")
    assert acts.POLICYHOLDER not in feed(path).content.decode().replace("\r\n ", "")


def test_who_has_a_letter_of_a_case_that_went_elsewhere_learns_nothing_new_of_it(visit: Visit) -> None:
    path = address(visit("carla"))
    cases.reroute(case=acts.intake_case("Z-1"), agency=cast.HAMBURG, reason="Bestandsübertragung", by="insurer")
    assert [event.get("description") for event in read(path)] in ([], [None])


def test_a_calendar_that_knows_the_feed_already_is_told_so(visit: Visit) -> None:
    path = address(visit("carla"))
    known = feed(path)["ETag"]
    assert Client().get(path, headers={"If-None-Match": known}).status_code == 304


def test_only_the_hash_of_the_secret_is_kept_and_it_is_shown_once(visit: Visit) -> None:
    carla = visit("carla")
    path = address(carla)
    key = path.removeprefix("/kalender/").removesuffix(".ics")
    assert len(key) >= 43  # 32 bytes
    assert agencies.user("carla").calendar_key == hashlib.sha256(key.encode()).hexdigest()
    assert key not in carla.get(PAGE).content.decode()
    assert all(key not in str(entry.data) for entry in journal.about("user:carla"))
    assert journal.about("user:carla").filter(kind="user.calendar_made", actor="carla").exists()


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(visit: Visit) -> None:
    carla = visit("carla")
    first = address(carla)
    second = address(carla)
    assert [feed(path).status_code for path in (first, second)] == [404, 200]
    for _ in range(2):
        carla.post(f"{PAGE}widerrufen/")
    assert feed(second).status_code == 404
    assert journal.about("user:carla").filter(kind="user.calendar_revoked").count() == 1
    assert "Sie haben noch keine Adresse" in carla.get(PAGE).content.decode()


@pytest.mark.parametrize("change", [{"active": False}, {"rights": ("basic",)}, {"technical": True}])
def test_who_may_not_see_letters_any_more_has_no_calendar(visit: Visit, change: dict[str, Any]) -> None:
    path = address(visit("carla"))
    cast.change_user("carla", **change)
    assert feed(path).status_code == 404


def test_a_narrower_scope_narrows_the_calendar_at_once(visit: Visit) -> None:
    path = address(visit("carla"))
    cast.change_user("carla", assigned_agencies=(cast.BERLIN,))
    assert events(path) == []


@pytest.mark.parametrize("key", ["x", "A" * 43, hashlib.sha256(b"").hexdigest()])
def test_an_unknown_address_opens_nothing(key: str) -> None:
    assert feed(f"/kalender/{key}.ics").status_code == 404
