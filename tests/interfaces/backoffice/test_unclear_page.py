"""Unklare Meldungen: what takes back a signal leads to the case that this ended; a new plate is given to its case."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.cases.rules import State
from vermittlerpost.intake import queries
from vermittlerpost.journal import queries as journal

Work = Callable[[str], Client]


def page(client: Client) -> str:
    return client.get(reverse("unclear")).content.decode()


@pytest.fixture
def ended(staff: None) -> str:
    """Return a case that a signal ended which was taken back; the same vehicle has another, open one."""
    case = acts.register("Z-1")
    acts.receive(acts.notice("Z-9", "2026-02-10 06:00", kind="deregistration"))
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-02-11 06:00", evb=acts.OTHER_EVB)
    acts.receive(acts.notice("Z-9", "2026-02-12 06:00", kind="withdrawn"))
    return case


def test_what_takes_back_a_signal_shows_the_case_that_ended_and_nothing_to_end(ended: str, work: Work) -> None:
    said = page(work(HEDDA))
    assert f'href="{reverse("desk_case", args=[ended])}"' in said
    assert "beendet am 10.02.2026: Fahrzeug außer Betrieb gesetzt" in said
    assert "Sie hat diesen Vorgang beendet." in said
    assert "Dieser<" not in said
    assert acts.intake_case("Z-2") not in said


def test_the_case_is_opened_again_and_the_withdrawal_put_aside(ended: str, work: Work) -> None:
    hedda, notice = work(HEDDA), queries.to_clear().get().id
    hedda.post(reverse("notice_sort", args=[notice]), {"choice": acts.intake_case("Z-2"), "reason": "."})
    assert acts.case("Z-2").state == State.GRACE
    hedda.post(reverse("desk_reopen", args=[ended]), {"reason": "Abmeldung zurückgenommen"})
    assert acts.case("Z-1").state == State.GRACE
    assert "beendet am" not in page(hedda)
    hedda.post(reverse("notice_drop", args=[notice]), {"reason": "wieder geöffnet"})
    assert "Alles erledigt" in page(hedda)
    latest = journal.about("notice:Z-9").last()
    assert latest
    assert (latest.kind, latest.data["reason"]) == ("message.dismissed", "wieder geöffnet")


def test_a_withdrawn_signal_that_itself_waits_is_said_to(work: Work) -> None:
    acts.confirm(acts.EVB, kind="permanent")
    acts.register("Z-1", vin="")
    acts.register("Z-2", vin="", plate="K-XX 1")
    for at, kind in (("2026-02-10 06:00", "other_insurer"), ("2026-02-12 06:00", "withdrawn")):
        acts.receive(acts.notice("Z-9", at, kind=kind, vin="", plate="K-XX 2"))
    said = page(work(HEDDA))
    assert "Sie hat keinen Vorgang beendet oder geändert." in said
    assert "Auch sie wartet hier; legen Sie beide ab." in said


def test_a_new_plate_is_given_to_the_case_that_it_means(work: Work) -> None:
    acts.confirm(acts.EVB, kind="permanent")
    acts.register("Z-1", vin="")
    acts.register("Z-2", vin="", plate="K-XX 1")
    acts.receive(acts.notice("Z-9", "2026-02-10 06:00", kind="plate_change", vin="", plate=acts.OTHER_PLATE))
    hedda, case = work(HEDDA), acts.intake_case("Z-2")
    assert page(hedda).count("Dieser<") == 2
    where = reverse("notice_sort", args=[queries.to_clear().get().id])
    answer = hedda.post(where, {"choice": case, "reason": "."}, follow=True).content.decode()
    assert f"Der Vorgang {case} hat das neue Kennzeichen" in answer
    assert "Alles erledigt" in answer
    assert (acts.case("Z-2").state, acts.case("Z-2").plate) == (State.GRACE, acts.OTHER_PLATE)
