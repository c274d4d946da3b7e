"""A case that ends while its mail is made or sent, or its paper printed: what can be stopped is, nobody gets stuck."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults import world
from tests.faults.deaths import environment_of
from tests.faults.houses import House
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.faults.workers import Task, sql

BY_MAIL, BY_POST = (3, 4), (5, 7)
"""The two requests of the morning in one mail, and two in one print batch."""
JOURNAL = "before SQL SELECT .* FROM journal_chain"
MAILS = sql("SELECT state, count(*) FROM notifications_mail WHERE attempts > 0 OR state <> 'sent' GROUP BY 1")
PRINTED = sql("""
    SELECT evb, d.state, count(*) FILTER (WHERE b.state = 'built') FROM delivery_delivery d
    JOIN letters_letter l ON letter_id = l.id JOIN cases_case c ON l.case = c.id
    LEFT JOIN delivery_printbatch b ON batch_id = b.id
    WHERE channel = 'post' AND l.carrier_id = 'UH' GROUP BY 1, 2 ORDER BY 1, 2
""")


def told_of(number: int) -> Task:
    """Return the question what became of the mails about a vehicle's request, user by user."""
    return sql(f"""
        SELECT outcome, reason FROM notifications_mention m JOIN cases_case c ON m.case = c.id
        WHERE evb = '{world.evb(number)}' ORDER BY 1, 2
    """)


def untold_of(number: int) -> Task:
    """Return the question why users were not told of a vehicle's request."""
    return sql(f"""
        SELECT reason, cardinality(users) FROM notifications_unmailed JOIN letters_letter l ON matter = l.id
        JOIN cases_case c ON l.case = c.id WHERE evb = '{world.evb(number)}' ORDER BY 1
    """)


@pytest.fixture(scope="module")
def ready(morning: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a house in which the morning's steps are taken and nobody is told yet."""
    files = world.registrations(
        tmp_path_factory.mktemp("more"), BY_POST[1:], agency=world.PAPER, received_at=world.LATELY
    )
    with morning.copy() as house:
        house.do(*[("feed", file) for file in files], ("turn", world.MORNING), "take_steps", clock=world.LATELY)
        yield house


@pytest.fixture
def end(tmp_path: Path) -> Any:
    """Return a function that makes the task of ending a vehicle's case."""

    def task(number: int) -> Task:
        return ("feed", world.applications(tmp_path, [number], received_at=world.MORNING))

    return task


def test_a_case_that_ends_while_its_mail_is_announced_is_left_out_of_it(ready: House, end: Any) -> None:
    with ready.copy() as house:
        announcing = house.start("announce", hold_at="before COMMIT")
        announcing.held()
        ending = house.start(end(3))
        assert house.waits_for_lock()
        announcing.go_on()
        announcing.results()
        ending.results()
        *_, ended, going_on, mails = house.do("announce", "post_all", told_of(3), told_of(4), MAILS)
    assert ended == [["withdrawn", "case_ended"]] * 2
    assert going_on == [["mailed", ""]] * 2
    assert mails == [["sent", 6]]


def test_an_announcement_leaves_a_case_alone_while_it_is_being_ended_and_then_tells_nobody(
    ready: House, end: Any
) -> None:
    with ready.copy() as house:
        ending = house.start(end(3), hold_at="before COMMIT")
        ending.held()
        assert house.do("announce") == [3]
        ending.go_on()
        ending.results()
        last, _, told, untold = house.do("announce", "post_all", told_of(3), untold_of(3))
    assert last == 1
    assert told == []
    assert untold == [["case_ended", 2], ["preference", 1]]


@pytest.mark.parametrize("moment", ["before COMMIT", "after COMMIT"])
def test_a_mail_that_is_being_sent_when_its_case_ends_leaves_once_and_is_said_to_have_left(
    moment: str, ready: House, end: Any
) -> None:
    with ready.copy() as house:
        house.do("announce")
        posting = house.start("post_all", hold_at=moment)
        posting.held()
        ending = house.start(end(3))
        if moment == "before COMMIT":
            assert house.waits_for_lock()
        else:
            ending.results()
        posting.go_on()
        posting.results()
        if moment == "before COMMIT":
            ending.results()
        _, told, mails = house.do("post_all", told_of(3), MAILS, clock=world.LATER)
    assert told == [["mailed", ""]] * 2
    assert mails == [["sent", 6]]


def test_a_mail_that_was_refused_while_its_case_ended_is_tried_again_without_that_case(ready: House, end: Any) -> None:
    faults = [Fault(at="RCPT", reply="451 4.7.1 later", times=4)]
    with ready.copy() as house, running(MisbehavingServer(faults=faults)) as server:
        wishes = {"environment": environment_of(server)}
        house.do("announce")
        posting = house.start("post", clock=world.SOON, hold_at="after COMMIT", **wishes)
        posting.held()
        house.do(end(3))
        posting.go_on()
        posting.results()
        _, ended, going_on, mails = house.do("post", told_of(3), told_of(4), MAILS, clock=world.LATER, **wishes)
        arrived = len(server.received)
    assert ended == [["withdrawn", "case_ended"]] * 2
    assert going_on == [["mailed", ""]] * 2
    assert mails == [["sent", 6]]
    assert arrived == 4


def test_a_mail_that_is_being_withdrawn_is_not_sent_at_that_moment(ready: House, end: Any) -> None:
    with ready.copy() as house:
        house.do("announce")
        ending = house.start(end(3), hold_at="before COMMIT")
        ending.held()
        sent_meanwhile = house.do("post_all")
        ending.go_on()
        ending.results()
        sent_then, told = house.do("post_all", told_of(3))
    assert (sent_meanwhile, sent_then) == ([2], 2)
    assert told == [["withdrawn", "case_ended"]] * 2


def test_a_case_can_end_while_a_mail_about_it_is_withdrawn_for_another_reason(
    ready: House, end: Any, tmp_path: Path
) -> None:
    no_mails = [{"login_id": "chefin", "category": "important_letters", "choice": "no"}]
    with ready.copy() as house:
        preferences = world.write(tmp_path, "preferences", no_mails)
        house.do("announce", ("feed", preferences))
        mentions = 'before SQL UPDATE "notifications_mention"'
        posting = house.start("post_all", hold_at=mentions)
        posting.held()
        ending = house.start(end(3))
        assert house.waits_for_lock()
        posting.go_on()
        posting.results()
        ending.results()
        told = house.do("post_all", told_of(3))[-1]
    assert told[-1] == ["withdrawn", "preference"]
    assert told[0] in (["mailed", ""], ["withdrawn", "case_ended"])


@pytest.mark.parametrize("moment", [JOURNAL, "before opening", "before putting"])
def test_a_case_that_ends_while_its_letter_goes_into_a_print_batch_takes_it_out(
    moment: str, ready: House, end: Any
) -> None:
    with ready.copy() as house:
        printing = house.start("print_post", hold_at=moment)
        printing.held()
        ending = house.start(end(5))
        if moment.startswith("before SQL"):
            assert house.waits_for_lock()
        else:
            ending.results()
        printing.go_on()
        printing.results()
        if moment.startswith("before SQL"):
            ending.results()
        printed, broken = house.do("print_post", PRINTED, "account", clock=world.LATER)[1:]
    assert printed == [[world.evb(5), "withdrawn", 0], [world.evb(7), "in_batch", 1]]
    assert broken["broken_chains"] == []


def test_a_plate_change_and_a_stop_signal_in_one_file_can_come_while_a_print_batch_is_built(
    ready: House, tmp_path: Path
) -> None:
    kinds = {5: "plate_change", 3: "deregistration"}
    with ready.copy() as house:
        printing = house.start("print_post", hold_at=JOURNAL)
        printing.held()
        signals = world.signals(tmp_path, kinds, received_at=world.MORNING)
        intake = house.start(("feed", signals))
        assert house.waits_for_lock()
        printing.go_on()
        printing.results()
        intake.results()
        printed = house.do(PRINTED, clock=world.LATER)[-1]
    assert printed == [[world.evb(5), "in_batch", 1], [world.evb(7), "in_batch", 1]]


def test_a_case_that_ends_while_its_print_batch_is_handed_over_is_either_in_time_or_not(ready: House, end: Any) -> None:
    with ready.copy() as house:
        house.do("print_post")
        handing = house.start("hand_over", hold_at=JOURNAL, holds_after=1)
        handing.held()
        ending = house.start(end(5))
        assert house.waits_for_lock()
        handing.go_on()
        handing.results()
        ending.results()
        printed = house.do(PRINTED, clock=world.LATER)[-1]
    notice = [world.evb(5), "to_print", 0]
    assert printed == [[world.evb(5), "handed_over", 0], notice, [world.evb(7), "handed_over", 0]]


def test_a_worker_that_was_given_up_for_dead_does_not_overrule_what_was_settled_since(ready: House) -> None:
    faults = [Fault(at="RCPT", reply="451 4.7.1 later", times=4)]
    with ready.copy() as house, running(MisbehavingServer(faults=faults)) as server:
        wishes = {"environment": environment_of(server)}
        house.do("announce")
        settling = r"before SQL\s+UPDATE notifications_mail AS mail"
        slow = house.start("post", clock=world.SOON, hold_at=settling, **wishes)
        slow.held()
        doubted, _, sent = house.do(
            "doubt_abandoned", ("retry_mails", "nicht angekommen"), "post", clock=world.LATER, **wishes
        )
        slow.go_on()
        slow.results()
        house.do("post", clock="2026-03-31T18:00:00+02:00", **wishes)
        arrived = len(server.received)
    assert (doubted, sent) == (4, 4)
    assert arrived == 4
