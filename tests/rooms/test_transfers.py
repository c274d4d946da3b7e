"""cases: portfolios move to another agency on their day; what was written stays where it is (R5)."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import BONN, DRESDEN, HAMBURG, KOELN, MUENCHEN

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.models import Transfer
from vermittlerpost.cases.rules import State
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.usefixtures("stage")

NOON = "2026-02-20 12:00"


def transfer(on: str, *, target: str = HAMBURG, source: str = BONN, case: str = "", at: str = NOON) -> Transfer:
    asked = cases.Move(
        source=source, target=target, case=case, effective_on=date.fromisoformat(on), reason="Vertrag 12/26"
    )
    with clock.turned_to(moment(at)):
        return cases.transfer(asked, by="hedda")


@pytest.fixture
def case() -> str:
    """Return a case that was requested from Bonn."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def test_a_transfer_of_today_moves_every_open_case_at_once(case: str) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-02-19 08:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    planned = transfer("2026-02-20")
    assert planned.moved == 2
    assert {acts.case("Z-1").agency_id, acts.case("Z-2").agency_id} == {HAMBURG}
    assert not queries.transfers_ahead().exists()


def test_letters_keep_their_addressee_and_the_next_one_tells_the_people_of_the_new_agency(case: str) -> None:
    transfer("2026-02-20")
    acts.mornings(acts.REMINDED)
    request, reminder = acts.letters_of()
    assert (request.agency_id, reminder.agency_id) == (BONN, HAMBURG)
    assert reminder.facts["first_requested_on"] == acts.REQUESTED
    assert reminder.due_on == date(2026, 3, 17)
    assert acts.decisions(reminder.id) == {cast.OLGA: ("mailed", None)}
    assert [one.level for one in delivery.mailbox_of(agencies.user(cast.CARLA))] == [0]


def test_a_transfer_waits_for_its_day_and_is_carried_out_before_that_days_steps(case: str) -> None:
    transfer(acts.REMINDED)
    with clock.turned_to(moment("2026-03-02 23:59")):
        rounds.take_steps()
    assert acts.case().agency_id == BONN
    acts.mornings(acts.REMINDED)  # one run, though the day began seven hours before it
    assert acts.letter().agency_id == HAMBURG
    acts.mornings(acts.REMINDED)
    assert Transfer.objects.get().moved == 1


def test_what_is_opened_until_then_moves_as_well_and_what_ended_does_not(case: str) -> None:
    acts.apply(at="2026-02-23 10:00")
    transfer("2026-03-10")
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-03-02 08:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    with clock.turned_to(moment("2026-03-10 00:01")):
        assert cases.transfer_due(by="system") == 1
        assert cases.transfer_due(by="system") == 0
    assert (acts.case("Z-1").state, acts.case("Z-1").agency_id) == (State.CLOSED, BONN)
    assert acts.case("Z-2").agency_id == HAMBURG


def test_a_single_case_moves_and_its_neighbours_stay(case: str) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-2", "2026-02-19 08:00", evb=acts.OTHER_EVB, plate=acts.OTHER_PLATE, vin=acts.OTHER_VIN)
    transfer("2026-02-20", case=case)
    assert (acts.case("Z-1").agency_id, acts.case("Z-2").agency_id) == (HAMBURG, BONN)


def test_the_channel_and_the_working_days_are_those_of_the_new_agency() -> None:
    acts.register("Z-1", "2025-12-23 06:00")  # to be requested on Tuesday, 6 January, in Bonn
    transfer("2026-01-02", target=MUENCHEN, at="2026-01-02 09:00")
    assert acts.case().deadline.planned_on == date(2026, 1, 7)
    transfer("2026-01-02", source=MUENCHEN, target=DRESDEN, at="2026-01-02 10:00")
    acts.mornings("2026-01-07")
    assert acts.delivery_of(acts.letter().id).channel == "post"


def test_a_transfer_ahead_is_withdrawn_and_then_never_happens(case: str) -> None:
    planned = transfer("2026-03-10")
    cases.withdraw_transfer(planned.id, by="ingo")
    with clock.turned_to(moment("2026-03-11 00:01")):
        assert cases.transfer_due(by="system") == 0
    assert acts.case().agency_id == BONN
    with pytest.raises(Refused, match="schon ausgeführt oder zurückgezogen"):
        cases.withdraw_transfer(planned.id, by="ingo")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"on": "2026-02-19"}, "Stichtag ist vorbei"),
        ({"on": "2026-02-20", "target": BONN}, "hat diesen Bestand schon"),
        ({"on": "2026-02-20", "target": "9999"}, "nicht bekannt"),
        ({"on": "2026-02-20", "case": "V-UNKNOWN"}, "gibt es nicht"),
    ],
)
def test_what_leads_nowhere_is_refused(case: str, asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        transfer(**asked)
    assert not Transfer.objects.exists()


def test_a_case_of_another_agency_is_not_moved_by_mistake(case: str) -> None:
    with pytest.raises(Refused, match="gehört nicht zur Agentur"):
        transfer("2026-02-20", source=KOELN, case=case)


def test_one_portfolio_has_one_transfer_ahead(case: str) -> None:
    transfer("2026-03-10")
    with pytest.raises(Refused, match=r"an die Agentur 5000 zum 10\.03\.2026 vorgesehen"):
        transfer("2026-03-12", target=KOELN)


def test_it_is_journalled_at_the_agency_and_in_each_case(case: str) -> None:
    transfer("2026-02-20")
    told = [entry.kind for entry in journal.about(f"agency:{BONN}")]
    assert told[-2:] == ["transfer.planned", "transfer.done"]
    entry = journal.about(case).get(kind="case.rerouted")
    assert (entry.actor, entry.data["before"], entry.data["after"]) == ("hedda", BONN, HAMBURG)
