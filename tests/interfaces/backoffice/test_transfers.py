"""Portfolios are moved in the browser: seen first, then done, at once or on their day."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.acts import moment
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.cases import queries
from vermittlerpost.lib import clock

Work = Callable[[str], Client]

ASKED = {"source": cast.BONN, "target": cast.HAMBURG, "effective_on": "2026-02-20", "case": "", "reason": "Vertrag 12"}


def ask(client: Client, how: str, **fields: str) -> str:
    with clock.turned_to(moment("2026-02-20 12:00")):
        return client.post(reverse("transfer_plan"), {**ASKED, **fields, how: ""}, follow=True).content.decode()


def test_what_would_move_is_shown_and_nothing_moves_by_looking(work: Work) -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    page = ask(work(HEDDA), "preview")
    assert case in page
    assert "1 offener Vorgang von Agentur 4710 an Agentur 5000" in page
    assert acts.case().agency_id == cast.BONN


def test_a_transfer_of_today_is_done_at_once_and_a_double_click_does_it_once(work: Work) -> None:
    acts.register()
    hedda = work(HEDDA)
    assert "Übergeben an Agentur 5000: 1 Vorgang." in ask(hedda, "transfer")
    ask(hedda, "transfer")
    assert acts.case().agency_id == cast.HAMBURG
    assert [one.moved for one in queries.transfers_ended()] == [0, 1]


def test_one_of_the_future_waits_and_can_be_withdrawn(work: Work) -> None:
    acts.register()
    hedda = work(HEDDA)
    page = ask(hedda, "transfer", effective_on="2026-03-10")
    assert "Am 10.03.2026 geht der Bestand von selbst an Agentur 5000." in page
    planned = queries.transfers_ahead().get()
    assert (planned.effective_on, acts.case().agency_id) == (date(2026, 3, 10), cast.BONN)
    hedda.post(reverse("transfer_withdraw", args=[planned.id]))
    hedda.post(reverse("transfer_withdraw", args=[planned.id]))
    assert not queries.transfers_ahead().exists()
    assert "zurückgezogen von hedda" in hedda.get(reverse("transfers")).content.decode()


def test_a_single_case_is_moved_from_its_page(work: Work) -> None:
    case, hedda = acts.register(), work(HEDDA)
    begun = hedda.get(reverse("transfer_plan"), {"von": cast.BONN, "vorgang": case}).content.decode()
    assert f'value="{case}"' in begun
    ask(hedda, "transfer", case=case.lower())
    assert acts.case().agency_id == cast.HAMBURG


def test_what_is_refused_is_said_beside_what_was_typed(work: Work) -> None:
    page = ask(work(HEDDA), "transfer", target="9999")
    assert "Die Agentur 9999 ist nicht bekannt." in page
    assert 'value="Vertrag 12"' in page


def test_where_nobody_is_named_the_stammagentur_takes_over_and_who_has_none_must_name_somebody(work: Work) -> None:
    hedda = work(HEDDA)
    assert "von Agentur 4710 an Agentur 4700" in ask(hedda, "preview", target="")
    assert "Vorgesehen: Am 10.03.2026" in ask(hedda, "transfer", target="", effective_on="2026-03-10")
    assert queries.transfers_ahead().get().target_id == cast.KOELN
    page = ask(hedda, "transfer", source=cast.KOELN, target="")
    assert "Zur Agentur 4700 ist keine Stammagentur bekannt. Bitte nennen Sie, wer den Bestand übernimmt" in page
    assert queries.transfers_ahead().count() == 1


def test_an_auditor_looks_and_moves_nothing(work: Work) -> None:
    auditor = work("auditor")
    assert reverse("transfer_plan") not in auditor.get(reverse("transfers")).content.decode()
    assert auditor.get(reverse("transfer_plan")).status_code == 403
