"""A cancellation that should not have been is withdrawn by somebody who did not approve it, and a person goes on."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.rooms.test_answered_cancellations import HEDDA, INGO, cancelled

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import CloseReason, Settlement, State
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

JUDITH = "judith"


@pytest.fixture
def case(stage: None) -> str:
    return cancelled()


def revoke(case: str, *, by: str = JUDITH, reason: str = "Antrag lag bei einer anderen Gesellschaft") -> None:
    with clock.turned_to(moment("2026-04-08 09:00")):
        cases.revoke_cancellation(case=case, reason=reason, by=by)


def test_the_agency_is_told_that_cover_goes_on_and_that_the_application_is_still_missing(case: str) -> None:
    news = acts.letter().id
    revoke(case)
    letter = acts.letter()
    assert (letter.kind, letter.due_on, letter.issued_on) == ("cancellation_withdrawn", None, date(2026, 4, 8))
    assert acts.delivery_of(letter.id).channel == "electronic"
    said = str(letters.text_of(letter.id))
    assert "Die Deckung besteht ohne Unterbrechung fort." in said
    assert "Ein Antrag liegt uns weiterhin nicht vor." in said
    assert "Der Antrag ist bei uns eingegangen" not in said
    assert MailboxEntry.objects.get(letter=news).done_on == date(2026, 4, 8)


def test_the_case_stands_where_a_person_decides_what_comes_next(case: str) -> None:
    revoke(case)
    assert acts.case().state == State.CANCELLATION_PROPOSED
    assert [one.id for one in queries.proposable()] == [case]
    settled = queries.cancellations_of(case).get()
    assert (settled.settled_as, settled.settled_by) == (Settlement.REVOKED, JUDITH)
    entry = journal.about(case).get(kind="case.cancellation_revoked")
    assert (entry.actor, entry.data["approved_by"]) == (JUDITH, INGO)


def test_whoever_approved_cannot_withdraw_alone(case: str) -> None:
    with pytest.raises(Refused, match="selbst freigegeben"):
        revoke(case, by=INGO)
    assert acts.case().state == State.CANCELLED


def test_nothing_is_withdrawn_without_a_reason_or_that_was_not_cancelled_or_twice(case: str) -> None:
    with pytest.raises(Refused, match="Grund"):
        revoke(case, reason=" ")
    revoke(case)
    with pytest.raises(Refused, match="nichts gekündigt"):
        revoke(case)
    assert [kind for kind, _, _ in acts.written()].count("cancellation_withdrawn") == 1


def test_it_may_be_cancelled_again_by_another_letter(case: str) -> None:
    revoke(case)
    with clock.turned_to(moment("2026-04-20 09:00")):
        cases.propose(case=case, reason="Immer noch kein Antrag", by=HEDDA)
        cases.approve(case=case, by=INGO)
    assert [level for kind, level, _ in acts.written() if kind == "evb_cancellation"] == [0, 1]


def test_an_application_that_comes_then_ends_the_case_and_leaves_nothing_to_decide(case: str) -> None:
    revoke(case)
    acts.apply(at="2026-04-09 10:00", vin=acts.VIN)
    assert acts.case().close_reason == CloseReason.APPLICATION
    assert not queries.answered_cancellations().exists()


def test_an_agency_that_never_got_the_news_is_not_told_that_it_is_taken_back(stage: None) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    case = cancelled()
    news = acts.letter().id
    revoke(case)
    assert (acts.letter().id, acts.delivery_of(news).state) == (news, "withdrawn")
    assert acts.case().state == State.CANCELLATION_PROPOSED
