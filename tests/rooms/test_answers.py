"""Queries are answered by letter, and the case goes on."""

import pytest
from tests import acts, cast

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.models import Deadline
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.delivery.rules import SUPERSEDED
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


@pytest.fixture
def inquiry(stage: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        return cases.inquire(
            case=acts.intake_case("Z-1"),
            letter=acts.letter().id,
            subject=Subject.WRONG_AGENCY,
            text="Das gehört nach Köln.",
            by=cast.CARLA,
        )


def answer(inquiry: str, text: str = "Wir haben das geprüft: Bonn ist zuständig.") -> str:
    with clock.turned_to(acts.moment("2026-02-23 09:00")):
        return cases.answer(inquiry=inquiry, text=text, by="hedda")


def test_an_answer_is_a_letter_of_its_own_words_by_the_same_channel(inquiry: str) -> None:
    letter = answer(inquiry)
    assert (acts.letter().id, acts.letter().kind, acts.letter().due_on) == (letter, "inquiry", None)
    assert acts.delivery_of(letter).channel == "electronic"
    assert "Bonn ist zuständig" in str(letters.text_of(letter))
    assert not queries.open_inquiries().exists()


def test_the_hold_of_a_query_ends_with_its_answer(inquiry: str) -> None:
    before = Deadline.objects.get().due_at
    answer(inquiry)
    assert Deadline.objects.get().due_at < before
    assert acts.case().held_until is None


def test_a_query_is_answered_once(inquiry: str) -> None:
    answer(inquiry)
    with pytest.raises(Refused, match="schon beantwortet"):
        answer(inquiry)
    assert [kind for kind, _, _ in acts.written()].count("inquiry") == 1


def test_an_answer_says_something(inquiry: str) -> None:
    with pytest.raises(Refused, match="Antwort"):
        answer(inquiry, "   ")


def test_a_second_query_gets_a_second_letter(inquiry: str) -> None:
    first = answer(inquiry)
    again = cases.inquire(
        case=acts.intake_case("Z-1"), letter=first, subject=Subject.OTHER, text="Wirklich?", by=cast.CARLA
    )
    assert answer(again, "Ja.") != first


def test_an_answer_asks_nothing_new_and_leaves_the_request_open(inquiry: str) -> None:
    request = acts.letter().id
    letter = answer(inquiry)
    assert MailboxEntry.objects.get(letter=request).done_on is None
    assert MailboxEntry.objects.get(letter=letter).done_on is None
    acts.mornings(acts.REMINDED)
    assert MailboxEntry.objects.get(letter=request).done_reason == SUPERSEDED
