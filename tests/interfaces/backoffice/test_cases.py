"""A case is found by whatever is known of it, seen from beginning to end, and changed with a reason."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.rules import State
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


@pytest.fixture
def case(staff: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.intake_case("Z-1")


@pytest.mark.parametrize("text", ["k wb4444", acts.VIN.lower(), acts.EVB, "Übelack", "sören übelacker", "Z-1", "A-1"])
def test_a_case_is_found_by_what_is_known_of_it(case: str, work: Work, text: str) -> None:
    acts.apply("A-1")
    assert case in work(HEDDA).get(reverse("desk_search"), {"suche": text}).content.decode()


@pytest.mark.parametrize("text", ["Müller", "Üb", "M-XX 1", "\0", "a'; --", "& | !", "V-"])
def test_nothing_is_found_by_what_is_not(case: str, work: Work, text: str) -> None:
    answer = work(HEDDA).get(reverse("desk_search"), {"suche": text})
    assert answer.status_code == 200
    assert case not in answer.content.decode()


def test_its_own_number_opens_a_case_at_once(case: str, work: Work) -> None:
    answer = work(HEDDA).get(reverse("desk_search"), {"suche": case.lower()})
    assert answer.headers["Location"] == reverse("desk_case", args=[case])


def test_a_letters_number_finds_its_case(case: str, work: Work) -> None:
    assert case in work(HEDDA).get(reverse("desk_search"), {"suche": acts.letter().id}).content.decode()


def test_a_case_tells_everything_in_one_line(case: str, work: Work) -> None:
    page = work(HEDDA).get(reverse("desk_case", args=[case])).content.decode()
    for told in ("Vorgang eröffnet", "bereitgestellt", "Beweiskette unversehrt", "5 ohne E-Mail", "Erinnerung"):
        assert told in page


def test_whom_mails_of_one_moment_told_is_named_in_one_line(case: str, work: Work) -> None:
    told = [login for login, (outcome, _) in acts.decisions(acts.letter().id).items() if outcome == "mailed"]
    assert len(told) > 1
    assert ", ".join(told) in work(HEDDA).get(reverse("desk_case", args=[case])).content.decode()


def test_a_case_tells_where_its_next_letter_goes_and_what_prevents_it(case: str, work: Work) -> None:
    page = work(HEDDA).get(reverse("desk_case", args=[case])).content.decode()
    assert f"Geht an Agentur {cast.BONN}, Elektronisch." in page
    assert "Was das verhindert:" in page


def test_that_staff_open_a_letter_is_no_receipt(case: str, work: Work) -> None:
    letter = acts.letter().id
    answer = work(HEDDA).get(reverse("desk_letter_pdf", args=[letter]))
    assert answer.content.startswith(b"%PDF")
    assert [one.kind for one in delivery.receipts_of(letter)] == ["provided"]


def test_a_case_is_held_resumed_handed_over_ended_and_opened_again(case: str, work: Work) -> None:
    hedda = work(HEDDA)

    def do(name: str, **fields: str) -> None:
        hedda.post(reverse(name, args=[case]), {"reason": "Anruf", **fields})

    with clock.turned_to(acts.moment("2026-02-17 09:00")):
        do("desk_hold", until="2026-02-20")
        assert acts.case().held_until is not None
        do("desk_resume")
        assert acts.case().held_until is None
        do("desk_reroute", agency=cast.MUENCHEN)
        assert acts.case().agency_id == cast.MUENCHEN
        do("desk_close")
        assert acts.case().state == State.CLOSED
        do("desk_reopen")
        assert acts.case().state == "requested"


def test_who_lets_a_case_go_on_reads_until_when_the_agency_was_promised_rest(case: str, work: Work) -> None:
    def page() -> str:
        return work(HEDDA).get(reverse("desk_case", args=[case])).content.decode()

    with clock.turned_to(acts.moment("2026-02-17 09:00")):
        cases.hold(case=case, until=date(2026, 2, 20), reason="Anruf", by="hedda")
        assert "Der Agentur ist gesagt" not in page()
        cases.ask(case=case, text="Welches Fahrzeug?", days=14, by="hedda")
        assert "Der Agentur ist gesagt, dass bis Di., 03.03.2026 nichts geschieht." in page()


def test_nothing_is_changed_without_a_reason(case: str, work: Work) -> None:
    work(HEDDA).post(reverse("desk_close", args=[case]), {"reason": ""})
    assert acts.case().state == "requested"


def test_an_auditor_sees_a_case_and_is_offered_no_decision(case: str, work: Work) -> None:
    auditor = work("auditor")
    page = auditor.get(reverse("desk_case", args=[case])).content.decode()
    assert reverse("desk_close", args=[case]) not in page
    assert auditor.post(reverse("desk_close", args=[case]), {"reason": "x"}).status_code == 403


def test_an_unknown_case_is_not_there(work: Work) -> None:
    assert work(HEDDA).get(reverse("desk_case", args=["V-XXXX"])).status_code == 404
