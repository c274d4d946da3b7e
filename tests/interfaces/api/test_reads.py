"""Read access over REST: pages that join without gap or overlap, and nothing that counts as read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import acts, cast
from tests.interfaces.api.conftest import System, said

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.exchange.rules.keys import Scope

LetIn = Callable[..., System]
NUMBER = 7


@pytest.fixture
def written(stage: None) -> str:
    """Let a letter be written, and return its id."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


@pytest.fixture
def many(stage: None) -> None:
    """Let several cases be opened and asked for."""
    acts.confirm("FLT0001", kind="permanent")
    for number in range(NUMBER):
        acts.register(f"Z-{number}", evb="FLT0001", vin=f"WVWZZZ1JZ3W{number:06}", plate=f"K-AA {number + 1}")
    acts.mornings(acts.REQUESTED)


def pages(core: System, path: str, **query: Any) -> list[list[Any]]:
    """Return the items of all pages, by following the links."""
    answer = core.get(path, **query)
    found = [said(answer)["items"]]
    while address := said(answer)["next"]:
        assert answer["Link"] == f'<{address}>; rel="next"'
        answer = core.follow(address)
        found.append(said(answer)["items"])
    return found


@pytest.mark.parametrize("path", ["cases", "letters"])
def test_the_pages_of_a_list_join_without_gap_or_overlap(system: LetIn, many: None, path: str) -> None:
    found = pages(system(), path, limit=3)
    assert [len(page) for page in found] == [3, 3, 1]
    ids = [item["id"] for page in found for item in page]
    assert ids == sorted(set(ids))
    assert len(ids) == NUMBER


def test_a_list_keeps_what_it_was_narrowed_to_on_every_page(system: LetIn, many: None) -> None:
    core = system()
    assert sum(map(len, pages(core, "cases", limit=2, agency=cast.BONN, state="requested"))) == NUMBER
    assert pages(core, "cases", agency=cast.HAMBURG) == [[]]
    case = acts.intake_case("Z-3")
    [[letter]] = pages(core, "letters", case=case)
    assert letter["case"] == case


def test_a_case_says_what_happens_next(system: LetIn, written: str) -> None:
    case = acts.case()
    told = said(system().get(f"cases/{case.id}"))
    expected = cases.next_step(case)
    assert (told["id"], told["state"], told["agency"]) == (case.id, "requested", cast.BONN)
    assert told["next_step"]["day"] == str(expected.day)
    assert told["next_step"]["title"] == expected.title
    assert (told["next_step"]["agency"], told["next_step"]["channel"]) == (cast.BONN, "electronic")
    assert told["next_step"]["prevented_by"] == expected.prevented_by


def test_a_letter_and_its_pdf_are_those_of_the_portal_and_nothing_counts_as_read(system: LetIn, written: str) -> None:
    core = system()
    before = delivery.receipts_of(written).count()
    letter = said(core.get(f"letters/{written}"))
    pdf = core.follow(letter["pdf"])
    portal = Client()
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert (letter["due_on"], letter["channel"]) == (str(acts.letter().due_on), "electronic")
    assert delivery.receipts_of(written).count() == before
    assert portal.get(f"/api/v1/letters/{written}/pdf").status_code == 401


def test_the_receipts_of_a_letter_come_page_by_page_the_oldest_first(system: LetIn, written: str) -> None:
    [[receipt]] = pages(system(Scope.READ_RECEIPTS), f"letters/{written}/receipts")
    assert receipt["kind"] == "provided"


def test_every_decision_about_a_letter_can_be_read_with_its_reason(system: LetIn, written: str) -> None:
    acts.mornings()
    found = pages(system(), "decisions", matter=written, limit=2)
    told = {one["login_id"]: (one["outcome"], one["reason"]) for page in found for one in page}
    assert told == acts.decisions(written)
    assert len(told) > 4
