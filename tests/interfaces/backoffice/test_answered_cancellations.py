"""An application after the cancellation is urgent work; a letter may be sent once more from the case."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts
from tests.acts import VIN, moment
from tests.interfaces.backoffice.conftest import HEDDA, INGO
from tests.interfaces.backoffice.test_worklists import said

from vermittlerpost.cases import queries
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


@pytest.fixture
def case(staff: None, work: Work) -> str:
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    case = acts.intake_case("Z-1")
    with clock.turned_to(moment("2026-04-07 09:00")):
        work(HEDDA).post(reverse("cancellation_propose", args=[case]), {"reason": "Kein Antrag"})
        work(INGO).post(reverse("cancellation_approve", args=[case]))
    acts.apply(at="2026-04-09 10:00", vin=VIN)
    return case


def test_it_is_the_first_of_all_worklists_and_marked_as_urgent(case: str, work: Work) -> None:
    page = said(work(HEDDA), "desk")
    assert page.index("Antrag nach Kündigung") < page.index("Klärfälle")
    assert "eilig" in page
    assert f"?auswahl={queries.answered_cancellations().get().id}" in said(work(HEDDA), "desk_case", case=case)


def test_the_cover_stays_and_the_entry_is_gone(case: str, work: Work) -> None:
    hedda = work(HEDDA)
    assert acts.PLATE in said(hedda, "answered")
    hedda.post(reverse("cancellation_withdraw", args=[case]), {"reason": "rechtzeitig"})
    assert acts.letter().kind == "cancellation_withdrawn"
    assert "Alles erledigt" in said(hedda, "answered")
    assert "Antrag danach: Deckung bleibt" in said(hedda, "desk_case", case=case)


def test_in_two_tabs_the_first_decision_holds(case: str, work: Work) -> None:
    one, other = work(HEDDA), work(INGO)
    one.post(reverse("cancellation_uphold", args=[case]), {"reason": "neues Risiko"})
    refused = other.post(reverse("cancellation_withdraw", args=[case]), {"reason": "rechtzeitig"}, follow=True)
    assert "über keine Kündigung (mehr) zu entscheiden" in refused.content.decode()
    assert acts.letter().kind == "inquiry"


def test_an_auditor_sees_it_and_decides_nothing(case: str, work: Work) -> None:
    auditor = work("auditor")
    assert "Entscheiden kann, wer die Rolle" in said(auditor, "answered")
    assert auditor.post(reverse("cancellation_withdraw", args=[case]), {"reason": "?"}).status_code == 403
    assert work("approver").get(reverse("answered")).status_code == 403


def test_a_letter_is_sent_once_more_from_the_case_with_a_reason(staff: None, work: Work, home: Path) -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    letter, mails, hedda = acts.letter().id, len(acts.mails_in(home)), work(HEDDA)
    where = reverse("desk_reissue", args=[letter])
    assert where in said(hedda, "desk_case", case=case)
    hedda.post(where, {"reason": ""})
    assert acts.delivery_of(letter).state == "provided"
    hedda.post(where, {"reason": "Agentur bittet um Papier"})
    assert acts.delivery_of(letter).state == "to_print"
    assert where not in said(hedda, "desk_case", case=case)
    assert "Agentur bittet um Papier" in said(hedda, "desk_case", case=case)
    acts.mornings("2026-02-17")
    assert (len(acts.letters_of()), len(acts.mails_in(home))) == (1, mails)
    assert journal.about(case).filter(kind="letter.reissued", actor=HEDDA).exists()
