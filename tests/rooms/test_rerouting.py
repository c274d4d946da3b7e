"""cases: a case that is handed to another agency goes on there, and what was written stays where it is."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import BERLIN, BONN, DRESDEN, HAMBURG, MUENCHEN

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.actions.locking import NoOpenCase
from vermittlerpost.cases.actions.rerouting import UnknownAgency
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


def reroute(case: str, agency: str, on: str = "2026-02-20") -> None:
    with clock.turned_to(moment(f"{on} 10:00")):
        cases.reroute(case=case, agency=agency, reason="Bestandsübertragung", by="insurer")


@pytest.fixture
def case() -> str:
    """Return a case that was requested from Bonn."""
    opened = acts.register()
    acts.mornings(acts.REQUESTED)
    return opened


def test_the_next_letter_goes_to_the_new_agency_and_names_the_day_of_the_first_request(case: str) -> None:
    reroute(case, HAMBURG)
    acts.mornings(acts.REMINDED)
    request, reminder = acts.letters_of()
    assert (request.agency_id, reminder.agency_id) == (BONN, HAMBURG)
    assert reminder.facts["agency"]["city"] == "Hamburg"
    assert reminder.facts["first_requested_on"] == acts.REQUESTED
    assert reminder.due_on == date(2026, 3, 17)


def test_the_old_agency_keeps_its_letter_and_gets_no_other(case: str) -> None:
    reroute(case, HAMBURG)
    acts.mornings(acts.REMINDED)
    boxes = {
        login_id: [one.level for one in delivery.mailbox_of(agencies.user(login_id)).order_by("level")]
        for login_id in (cast.CARLA, cast.OLGA)
    }
    assert boxes == {cast.CARLA: [0], cast.OLGA: [1]}
    assert acts.decisions(acts.letter().id) == {cast.OLGA: ("mailed", None)}


def test_no_level_is_written_twice_by_handing_a_case_back_and_forth(case: str) -> None:
    reroute(case, HAMBURG)
    reroute(case, BONN, "2026-02-23")
    acts.mornings(*acts.EVERY_STEP)
    assert [level for _, level, _ in acts.written()] == [0, 1, 2]


def test_a_step_planned_for_a_holiday_of_the_new_land_is_moved_forward() -> None:
    opened = acts.register("Z-1", "2025-12-23 06:00")  # to be requested on Tuesday, 6 January, in Bonn
    assert acts.case().deadline.planned_on == date(2026, 1, 6)
    reroute(opened, MUENCHEN, "2026-01-02")
    assert acts.case().deadline.planned_on == date(2026, 1, 7)
    acts.mornings("2026-01-06")
    assert not acts.letters_of()
    acts.mornings("2026-01-07")
    assert [one.agency_id for one in acts.letters_of()] == [MUENCHEN]


def test_the_channel_is_that_of_the_new_agency(case: str) -> None:
    reroute(case, DRESDEN)
    acts.mornings(acts.REMINDED)
    assert [acts.delivery_of(one.id).channel for one in acts.letters_of()] == ["electronic", "post"]


def test_a_held_case_stays_held_at_the_new_agency(case: str) -> None:
    with clock.turned_to(moment("2026-02-19 10:00")):
        cases.hold(case=case, until=date(2026, 3, 5), reason="Rückfrage", by="insurer")
    reroute(case, HAMBURG)
    acts.mornings(acts.REMINDED, "2026-03-05")
    assert len(acts.letters_of()) == 1
    acts.mornings("2026-03-06")
    assert acts.letter().agency_id == HAMBURG


def test_rerouting_is_journalled_with_both_agencies(case: str) -> None:
    reroute(case, BERLIN)
    entry = journal.about(case).get(kind="case.rerouted")
    assert (entry.actor, entry.data) == (
        "insurer",
        {"before": BONN, "after": BERLIN, "reason": "Bestandsübertragung"},
    )


def test_an_unknown_agency_and_a_closed_case_are_refused(case: str) -> None:
    with pytest.raises(UnknownAgency):
        reroute(case, "9999")
    acts.apply("A-1", "2026-02-20 10:00", vin=acts.VIN)
    with pytest.raises(NoOpenCase):
        reroute(case, HAMBURG, "2026-02-23")
    assert acts.case().agency_id == BONN
