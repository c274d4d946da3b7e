"""Mein Cockpit » Übersicht: what needs somebody today, and what is new."""

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.delivery import actions as deliver
from vermittlerpost.documents import actions as documents
from vermittlerpost.documents.rules import Arrival
from vermittlerpost.lib import clock

Visit = Callable[[str], Client]

LATER = (("NL00001", "2026-02-09"), ("NL00002", "2026-02-10"))


@pytest.fixture(autouse=True)
def morning(stage: None) -> Iterator[None]:
    """Let three vehicles be registered in Bonn, the first reminded, the others requested; it is 9 March."""
    acts.register()
    for number, day in LATER:
        acts.confirm(number)
        acts.register(f"Z-{number}", f"{day} 06:00", evb=number, plate=f"K-WB {day[-2:].lstrip('0')}", vin="")
    acts.mornings(acts.REQUESTED, "2026-02-23", "2026-02-24", acts.REMINDED)
    with clock.turned_to(moment("2026-03-09 09:00")):
        yield


def due(client: Client) -> list[tuple[str, str]]:
    """Return plate and urgency of what is to be done, from top to bottom."""
    entries = client.get("/cockpit/").context["entries"]
    return [(one["entry"].plate, one["entry"].urgency) for one in entries]


def test_what_is_due_first_comes_first_and_of_one_case_only_its_newest_letter(visit: Visit) -> None:
    assert due(visit("carla")) == [("K-WB 9", "normal"), ("K-WB 10", "normal"), (acts.PLATE, "hoch")]


def test_of_what_is_due_on_one_day_the_most_urgent_comes_first(visit: Visit) -> None:
    acts.confirm("NL00003")
    acts.register("Z-3", "2026-02-17 06:00", evb="NL00003", plate="K-WB 1", vin="")
    acts.mornings("2026-03-03")  # due on the day of the reminder
    assert due(visit("carla"))[2:] == [(acts.PLATE, "hoch"), ("K-WB 1", "normal")]


def test_what_is_done_needs_nobody_any_more(visit: Visit) -> None:
    deliver.mark_done(letters=[acts.letter("Z-NL00001").id], by="carla")
    acts.apply("A-1", "2026-03-08 10:00", vin=acts.VIN)
    assert due(visit("carla")) == [("K-WB 10", "normal")]


def test_nobody_is_told_of_what_is_not_his(visit: Visit) -> None:
    for login_id in ("dora", "olga", "emil"):
        answer = visit(login_id).get("/cockpit/")
        assert (answer.context["entries"], answer.context["open_cases"]) == ([], [])
        assert "Es ist nichts zu tun" in answer.content.decode()


def test_figures_count_the_unread_letters_and_the_open_cases_of_the_scope(visit: Visit) -> None:
    carla = visit("carla")
    carla.get(f"/cockpit/vermittlerpost/{acts.letter().id}/")
    answer = carla.get("/cockpit/")
    assert answer.context["unread"] == "2"
    assert answer.context["open_cases"] == [
        ("requested", "Antrag angefordert", 2),
        ("reminded_1", "Erinnerung geschrieben", 1),
    ]


def test_who_was_handed_letters_is_told_how_many_are_open_and_finds_them(visit: Visit) -> None:
    assert "Ihnen übergeben" not in visit("carla").get("/cockpit/").content.decode()
    handed = [acts.letter("Z-NL00001").id, acts.letter("Z-NL00002").id]
    for letter in handed:
        deliver.assign(letter=letter, to="carla", by="anna")
    told = " ".join(visit("carla").get("/cockpit/").content.decode().split())
    assert '<a href="/cockpit/vermittlerpost/?bei=mir">Ihnen übergeben: <strong class="number">2</strong></a>' in told
    found = visit("carla").get("/cockpit/vermittlerpost/?bei=mir").context["page"].rows
    assert {row.letter for row in found} == set(handed)
    deliver.mark_done(letters=handed[:1], by="carla")
    assert visit("carla").get("/cockpit/").context["assigned"] == "1"
    cast.change_user("carla", rights=("basic",))
    assert visit("carla").get("/cockpit/").context["assigned"] == "0"
    assert visit("anna").get("/cockpit/").context["assigned"] == "0"


def test_administrators_are_warned_where_nobody_is_mailed_b2(visit: Visit) -> None:
    anna = visit("anna")
    assert anna.get("/cockpit/").context["gaps"] is None
    cast.choose("anna", "urgent_reminders", wanted=False)
    told = " ".join(unescape(anna.get("/cockpit/").content.decode()).split())
    assert "Niemand liest mit" in told
    assert "Agentur 4700 Agentur Köln: <strong>Eilige Erinnerungen</strong>" in told
    assert "Niemand liest mit" not in visit("carla").get("/cockpit/").content.decode()


def test_new_documents_are_told_to_those_who_may_see_the_archive(visit: Visit) -> None:
    cast.change_user("bernd", rights=("basic", "view_portfolio", "document_archive"))
    old, new = moment("2026-02-01 08:00"), moment("2026-03-02 08:00")
    for number, (at, agency) in enumerate(((old, cast.BONN), (new, cast.BONN), (new, cast.HAMBURG))):
        arrival = Arrival(
            document_id=f"D-{number}",
            received_at=at,
            category="archive_document",
            agency=agency,
            title=f"Nachtrag {number}",
        )
        with clock.turned_to(at):
            documents.provide([arrival], by="feed")
    told = visit("bernd").get("/cockpit/")
    assert [one["document"].title for one in told.context["documents"]] == ["Nachtrag 1"]
    assert visit("carla").get("/cockpit/").context["documents"] == []


def test_the_page_costs_the_same_however_much_there_is(visit: Visit) -> None:
    carla = visit("carla")
    carla.get("/cockpit/")
    with CaptureQueriesContext(connection) as few:
        carla.get("/cockpit/")
    for number in range(4, 9):
        acts.confirm(f"NL0000{number}")
        acts.register(f"Z-{number}", f"2026-02-0{number} 06:00", evb=f"NL0000{number}", plate=f"K-XY {number}", vin="")
    acts.mornings("2026-03-06")
    with CaptureQueriesContext(connection) as many:
        carla.get("/cockpit/")
    assert len(due(carla)) == 8
    assert len(many) == len(few)
