"""Journal: found by whatever names a subject, or by days, actor and kind; and handed out as a table."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import acts, cast

from vermittlerpost.journal import queries
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


@pytest.fixture
def case(staff: None) -> str:
    """Return a case that was asked for and answered."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.apply(at="2026-02-18 10:00")
    return acts.intake_case("Z-1")


def shown(client: Client, **asked: str) -> dict[str, object]:
    with clock.turned_to(acts.moment("2026-02-18 12:00")):
        context = client.get(reverse("record"), asked).context
    return {name: context.get(name) for name in ("subject", "meant", "entries", "next", "older")}


@pytest.mark.parametrize("spelt", [str.upper, str.lower])
def test_a_case_is_found_by_its_own_number_and_that_of_its_letter(
    spelt: Callable[[str], str], case: str, work: Work
) -> None:
    auditor = work("auditor")
    assert shown(auditor, gegenstand=spelt(case))["subject"] == case
    assert shown(auditor, gegenstand=spelt(acts.letter().id))["subject"] == case


def test_a_plate_leads_to_its_case_or_offers_those_that_have_it(case: str, work: Work) -> None:
    auditor = work("auditor")
    assert shown(auditor, gegenstand="k wb 4444")["subject"] == case
    acts.confirm(acts.OTHER_EVB)
    other = acts.register("Z-2", "2026-03-02 06:00", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN)
    assert shown(auditor, gegenstand=acts.PLATE)["meant"] == [case, other]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A-1", "application:A-1"),
        ("a-1", "application:A-1"),
        ("HEDDA", "user:hedda"),
        ("User:Hedda", "user:hedda"),
        (cast.BONN, f"agency:{cast.BONN}"),
    ],
)
def test_an_id_is_found_without_its_kind_and_in_any_case(typed: str, meant: str, case: str, work: Work) -> None:
    assert shown(work("auditor"), gegenstand=typed)["subject"] == meant


def test_what_nothing_is_called_is_said(case: str, work: Work) -> None:
    page = work("auditor").get(reverse("record"), {"gegenstand": "S-NIRGENDS"}).content.decode()
    assert "Über „S-NIRGENDS“ steht nichts im Journal." in page


def test_days_actor_and_kind_narrow_what_is_shown(case: str, work: Work) -> None:
    auditor = work("auditor")

    def kinds(**asked: str) -> set[object]:
        entries = shown(auditor, **asked)["entries"]
        assert isinstance(entries, list)
        return {(entry["subject"], entry["kind"]) for entry in entries}

    assert (case, "case.closed") in kinds()
    assert (case, "case.opened") not in kinds()
    assert (case, "case.opened") in kinds(ab="2026-02-02", bis="2026-02-02")
    assert kinds(ab="2026-02-01", bis="2026-02-20", art="case.opened", akteur=acts.BY) == {(case, "case.opened")}
    assert kinds(ab="2026-02-01", bis="2026-02-20", art="case.opened", akteur="niemand") == set()
    assert kinds(gegenstand=case, art="case.closed") == {(case, "case.closed")}
    assert kinds(gegenstand=case, ab="2026-02-03", bis="2026-02-17", art="case.opened") == set()


def test_what_is_found_is_paged_newest_first_and_handed_out_whole(case: str, work: Work) -> None:
    auditor, asked = work("auditor"), {"ab": "2026-02-01", "bis": "2026-02-20"}
    for number in range(120):
        acts.apply(f"A-{number + 100}", at="2026-02-18 11:00")
    seen: list[tuple[str, int]] = []
    behind = ""
    while True:
        page = shown(auditor, **asked, vor=behind)
        entries, behind = page["entries"], str(page["older"])
        assert isinstance(entries, list)
        seen += [(entry["subject"], entry["position"]) for entry in entries]
        if not behind:
            break
    search = queries.Search(since=acts.moment("2026-02-01 00:00"), until=acts.moment("2026-02-21 00:00"))
    expected = [(one.subject, one.position) for one in queries.found(search)]
    assert seen == expected
    assert len(seen) == len(set(seen)) > 120
    answer = auditor.get(reverse("record_export_found"), {**asked, "art": "case.closed"})
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Gegenstand;Stelle;Zeitpunkt;Akteur;Art;Satz"
    assert [line.split(";")[0] for line in lines[1:]] == [case]


def test_a_long_chain_is_paged_oldest_first(work: Work) -> None:
    for number in range(130):
        cast.change_agency(cast.BONN, name=f"Agentur {number}")
    first = shown(work("auditor"), gegenstand=cast.BONN)
    assert isinstance(first["entries"], list)
    assert [entry["position"] for entry in first["entries"]] == list(range(1, 101))
    second = shown(work("auditor"), gegenstand=cast.BONN, nach=str(first["next"]))
    assert isinstance(second["entries"], list)
    assert second["entries"][0]["position"] == 101
    assert not second["next"]


def test_days_are_answered_by_the_index_on_moments(case: str) -> None:
    first, last = acts.moment("2026-02-01 00:00"), acts.moment("2026-02-21 00:00")
    search = queries.Search(since=first, until=last, actor="system")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = queries.found(search)[:101].explain()
    assert "journal_by_moment" in plan
