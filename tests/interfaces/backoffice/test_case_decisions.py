"""What is decided on the page of a case: to ask its agency, to remind it again, to withdraw a cancellation."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts
from tests.acts import moment
from tests.cast import HAMBURG
from tests.interfaces.backoffice.conftest import HEDDA, INGO
from tests.interfaces.backoffice.test_worklists import said

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.rules import State
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


@pytest.fixture
def case(staff: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.intake_case("Z-1")


@pytest.fixture
def cancelled(case: str, work: Work) -> str:
    acts.mornings(*acts.EVERY_STEP[1:])
    with clock.turned_to(moment("2026-04-07 09:00")):
        work(HEDDA).post(reverse("cancellation_propose", args=[case]), {"reason": "Kein Antrag"})
        work(INGO).post(reverse("cancellation_approve", args=[case]))
    return case


def test_an_agency_is_asked_from_the_page_of_its_case(case: str, work: Work) -> None:
    hedda, where = work(HEDDA), reverse("desk_ask", args=[case])
    assert where in said(hedda, "desk_case", case=case)
    with clock.turned_to(moment("2026-02-20 09:00")):
        answer = hedda.post(where, {"text": "Wer fährt?", "days": "7"}, follow=True)
    page = answer.content.decode()
    assert f"Die Rückfrage geht als Schreiben {acts.letter().id} an die Agentur." in page
    assert "Versicherer fragt nach" in page
    assert "Rückfrage an die Agentur" in page


@pytest.mark.parametrize("days", ["0", "15", "", "bald"])
def test_what_was_typed_stays_if_the_agency_would_have_too_long(case: str, work: Work, days: str) -> None:
    page = work(HEDDA).post(reverse("desk_ask", args=[case]), {"text": "Wer fährt?", "days": days}).content.decode()
    assert "Wer fährt?" in page
    assert 'class="error"' in page
    assert len(acts.letters_of()) == 1


def test_nobody_is_asked_about_a_case_that_ended_or_that_nobody_knows(case: str, work: Work) -> None:
    acts.apply(at="2026-02-20 10:00", vin=acts.VIN)
    for asked in (case, "V-UNKNOWN"):
        assert work(HEDDA).get(reverse("desk_ask", args=[asked])).status_code == 404
    assert work("auditor").get(reverse("desk_ask", args=[case])).status_code == 403
    assert reverse("desk_ask", args=[case]) not in said(work(HEDDA), "desk_case", case=case)


def test_who_approves_withdraws_what_another_approved(cancelled: str, work: Work) -> None:
    where = reverse("desk_revoke", args=[cancelled])
    assert "Diese Kündigung haben Sie selbst freigegeben" in said(work(INGO), "desk_case", case=cancelled)
    work(INGO).post(where, {"reason": "Irrtum"})
    assert acts.case().state == State.CANCELLED
    assert work(HEDDA).post(where, {"reason": "Irrtum"}).status_code == 403
    assert where not in said(work(HEDDA), "desk_case", case=cancelled)
    assert where in said(work("approver"), "desk_case", case=cancelled)
    work("approver").post(where, {"reason": "Irrtum"})
    assert acts.case().state == State.CANCELLATION_PROPOSED
    assert acts.letter().kind == "cancellation_withdrawn"
    page = said(work(HEDDA), "desk_case", case=cancelled)
    assert "Kündigung zurückgenommen, entschieden von approver" in page
    assert where not in page
    assert acts.PLATE in said(work(HEDDA), "proposals")


def test_an_agency_that_was_told_once_is_reminded_from_the_worklist(case: str, work: Work) -> None:
    hedda, where = work(HEDDA), reverse("cancellation_remind_again", args=[case])
    acts.mornings(acts.REMINDED)
    with clock.turned_to(moment("2026-03-09 09:00")):
        cases.reroute(case=case, agency=HAMBURG, reason="Bestandsübertragung", by=HEDDA)
    acts.mornings(acts.REMINDED_AGAIN, acts.PROPOSED)
    page = said(hedda, "proposals")
    assert where in page
    assert reverse("cancellation_propose", args=[case]) not in page
    hedda.post(where, {"reason": ""})
    assert acts.case().state == State.CANCELLATION_PROPOSED
    hedda.post(where, {"reason": "Agentur neu zuständig"})
    assert acts.case().state == "reminded_1"
    assert "Alles erledigt" in said(hedda, "proposals")
