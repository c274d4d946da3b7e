"""What arrives at the same instant, or while somebody holds the case, does not miss what it belongs to."""

from collections import Counter
from pathlib import Path

import pytest
from tests.faults import world
from tests.faults.houses import House
from tests.faults.workers import sql

MEETINGS = 60
CASE_ENDS = sql("SELECT state, close_reason, count(*) FROM cases_case GROUP BY 1, 2 ORDER BY 1, 2")
NOTICES = sql("SELECT outcome, count(*) FROM intake_notice GROUP BY 1")
APPLICATIONS = sql("SELECT outcome, count(*) FROM intake_application GROUP BY 1")
ANSWERED = 3
"""The vehicle of the morning whose application comes at the last moment; its request is due."""
OF_THE_ANSWERED = f"SELECT id FROM cases_case WHERE evb = '{world.evb(ANSWERED)}'"
FATE = sql(f"SELECT state, close_reason FROM cases_case WHERE evb = '{world.evb(ANSWERED)}'")
LETTERS = sql(f"SELECT kind, settled_reason FROM letters_letter WHERE letters_letter.case = ({OF_THE_ANSWERED})")
PENDING = sql(f"SELECT count(*) FROM cases_deadline WHERE case_id = ({OF_THE_ANSWERED})")
TOLD = sql(f"SELECT count(*) FROM notifications_mention WHERE notifications_mention.case = ({OF_THE_ANSWERED})")


def test_a_notice_and_an_application_that_arrive_at_the_same_instant_never_miss_each_other(
    furnished: House, tmp_path: Path
) -> None:
    notices, applications = [], []
    for number in range(MEETINGS):
        folder = tmp_path / str(number)
        _, notice = world.registrations(folder, [number], agency=world.ELECTRONIC, received_at=world.LATELY)
        notices.append(notice)
        by = "vin" if number % 2 else "evb"
        applications.append(world.applications(folder, [number], received_at=world.LATELY, by=by))
    evbs, _ = world.registrations(tmp_path, range(MEETINGS), agency=world.ELECTRONIC, received_at=world.LATELY)
    with furnished.copy() as house:
        house.do(("feed", evbs), clock=world.LATELY)
        workers = [
            house.start(("feed_at_meetings", paths, me, other), clock=world.LATELY)
            for paths, me, other in ((notices, "A", "B"), (applications, "B", "A"))
        ]
        for worker in workers:
            worker.results()
        ends, outcomes, fates = house.do(CASE_ENDS, NOTICES, APPLICATIONS, clock=world.LATELY)
    noticed, applied = Counter(dict(outcomes)), Counter(dict(fates))
    assert ends == [["closed", "application", noticed["opened"]]]
    assert noticed.keys() == {"opened", "prevented"}, "Both orders should have occurred."
    assert (applied["ended"], applied["prevented"]) == (noticed["opened"], noticed["prevented"])
    assert sum(noticed.values()) == sum(applied.values()) == MEETINGS


@pytest.mark.parametrize(
    "moment", ['before SQL SELECT "letters_letter"', 'before SQL UPDATE "cases_case"', "before COMMIT"]
)
def test_an_application_that_arrives_while_the_sweep_holds_its_case_ends_it_and_nobody_is_told(
    moment: str, morning: House, tmp_path: Path
) -> None:
    application = world.applications(tmp_path, [ANSWERED], received_at=world.MORNING)
    with morning.copy() as house:
        sweep = house.start("take_steps", hold_at=moment)
        sweep.held()
        intake = house.start(("feed", application))
        assert house.waits_for_lock()
        sweep.go_on()
        assert sweep.results() == [6]
        intake.results()
        _, _, fate, letters, pending, told = house.do("announce", "post_all", FATE, LETTERS, PENDING, TOLD)
    assert fate == [["closed", "application"]]
    assert letters == [["application_request", "application"]]
    assert pending == told == [[0]]


@pytest.mark.parametrize("moment", ['before SQL UPDATE "cases_case"', "before SQL SELECT .* FROM journal_chain"])
def test_the_sweep_leaves_a_case_alone_while_an_application_is_ending_it(
    moment: str, morning: House, tmp_path: Path
) -> None:
    application = world.applications(tmp_path, [ANSWERED], received_at=world.MORNING)
    with morning.copy() as house:
        intake = house.start(("feed", application), hold_at=moment)
        intake.held()
        assert house.do("take_steps") == [5]
        intake.go_on()
        intake.results()
        done, fate, letters, pending = house.do("take_steps", FATE, LETTERS, PENDING)
    assert done == 0
    assert fate == [["closed", "application"]]
    assert letters == []
    assert pending == [[0]]
