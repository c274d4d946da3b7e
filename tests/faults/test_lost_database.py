"""The database goes away in the middle: what was committed stands, what was not is done by the next sweep."""

from collections import Counter

import pytest
from tests.faults import world
from tests.faults.account import Account
from tests.faults.deaths import STAGES, environment_of
from tests.faults.houses import House
from tests.faults.smtp_server import MisbehavingServer, running

LOST = "OperationalError"
COMMIT, JOURNAL = "before COMMIT", "before SQL SELECT .* FROM journal_chain"


@pytest.fixture(scope="module")
def alone(morning: House) -> Account:
    """Return what comes of the morning if no line is cut."""
    with morning.copy() as house:
        account: Account = house.do(*STAGES, "account")[-1]
        return account


@pytest.mark.parametrize(
    ("stage", "moment"),
    [
        ("take_steps", COMMIT),
        ("take_steps", JOURNAL),
        ("take_steps", 'before SQL UPDATE "cases_case"'),
        ("announce", COMMIT),
        ("announce", 'before SQL DELETE FROM "journal_unannounced"'),
        ("render", COMMIT),
        ("render", JOURNAL),
        ("print_post", COMMIT),
        ("print_post", JOURNAL),
        ("print_post", "before putting"),
    ],
)
def test_a_worker_whose_line_to_the_database_is_cut_does_its_work_at_the_next_sweep(
    stage: str, moment: str, morning: House, alone: Account
) -> None:
    with morning.copy() as house:
        house.do(*STAGES[: STAGES.index(stage)])
        tasks = [stage, ("turn", world.LATER), stage]
        worker = house.start(*tasks, survives=True, hold_at=moment)
        worker.held()
        house.cut_lines()
        worker.go_on()
        first, *_ = worker.results()
        account = house.do(*STAGES[STAGES.index(stage) :], "account")[-1]
    assert str(first).startswith(LOST), first
    assert account == alone


@pytest.mark.parametrize("reading", range(4))
def test_mails_in_the_hands_of_a_worker_that_loses_the_database_are_never_sent_twice(
    reading: int, morning: House
) -> None:
    with morning.copy() as house, running(MisbehavingServer()) as server:
        wishes = {"environment": environment_of(server)}
        house.do("take_steps", "announce")
        posting = house.start(
            "post", "post", clock=world.SOON, survives=True, hold_at="before reading", holds_after=reading, **wishes
        )
        posting.held()
        house.cut_lines()
        posting.go_on()
        first, second = posting.results()
        _, _, account = house.do("post", "doubt_abandoned", "account", clock=world.LATER, **wishes)
    assert str(first).startswith(LOST)
    assert second == 0
    arrived = Counter(mail.data.partition(b"Message-ID: ")[2][:20] for mail in server.received)
    assert list(arrived.values()) == [1] * 4
    assert Counter(mail[4] for mail in account["mails"]) == {"unknown": 4, "sent": 2}
