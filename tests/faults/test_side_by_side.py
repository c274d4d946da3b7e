"""Two to eight workers at the same work: each effect once, and nobody gets into anybody's way."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.faults import world
from tests.faults.account import Account
from tests.faults.deaths import STAGES
from tests.faults.houses import House
from tests.faults.workers import Task

BY_MAIL, BY_POST = range(1, 41), range(41, 49)
FEW_AT_ONCE = {"_BATCH": 5, "_LETTERS_AT_ONCE": 5, "_MAILS_AT_ONCE": 1}
numbers_of_workers = pytest.mark.parametrize("workers", [2, 4, 8])


@pytest.fixture(scope="module")
def crowd(furnished: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a house in which so many steps are due that several workers can meet."""
    mail, post = tmp_path_factory.mktemp("mail"), tmp_path_factory.mktemp("post")
    files = [
        *world.registrations(mail, BY_MAIL, agency=world.ELECTRONIC, received_at=world.LATELY),
        *world.registrations(post, BY_POST, agency=world.PAPER, received_at=world.LATELY),
    ]
    with furnished.copy() as house:
        house.do(*[("feed", file) for file in files], clock=world.LATELY)
        yield house


@pytest.fixture(scope="module")
def alone(crowd: House) -> Account:
    """Return what comes of it if one worker does it all."""
    with crowd.copy() as house:
        account: Account = house.do(*STAGES, "account")[-1]
        return account


def at_once(house: House, jobs: Sequence[Sequence[Task | str]]) -> list[Any]:
    """Let workers begin at the same instant, and return what the tasks of each came to."""
    starts_at = time.monotonic() + 0.3 + 0.05 * len(jobs)
    workers = [house.start(*tasks, starts_at=starts_at, limits=FEW_AT_ONCE) for tasks in jobs]
    return [worker.results() for worker in workers]


def without_ids(account: Account) -> Account:
    """Leave out the ids of mails: a bundle has that of the letter which happened to come first."""
    return account | {"mails": [[*mail[:3], *mail[4:]] for mail in account["mails"]]}


@numbers_of_workers
def test_workers_that_sweep_the_same_due_cases_take_each_step_once(workers: int, crowd: House, alone: Account) -> None:
    with crowd.copy() as house:
        taken = at_once(house, [["take_steps"]] * workers)
        account = house.do(*STAGES, "account")[-1]
    assert sum(done for (done,) in taken) == len(BY_MAIL) + len(BY_POST)
    assert without_ids(account) == without_ids(alone)


@numbers_of_workers
def test_workers_that_announce_the_same_run_leave_one_mail_per_user_and_category(
    workers: int, crowd: House, alone: Account
) -> None:
    with crowd.copy() as house:
        house.do("take_steps")
        at_once(house, [["announce"]] * workers)
        account = house.do(*STAGES, "account")[-1]
    assert [mail[:2] for mail in account["mails"]] == [mail[:2] for mail in alone["mails"]]
    assert account["mentions"] == alone["mentions"]


@numbers_of_workers
def test_workers_that_render_post_and_print_the_same_letters_do_each_once(
    workers: int, crowd: House, alone: Account
) -> None:
    with crowd.copy() as house:
        house.do("take_steps", "announce")
        at_once(house, [["render", "print_post", "post_all"]] * workers)
        account = house.do("hand_over", "account")[-1]
    assert without_ids(account) == without_ids(alone)


def test_processes_that_feed_the_same_files_take_each_row_once(empty: House, tmp_path: Path) -> None:
    files = [
        *world.masters(tmp_path),
        *world.registrations(tmp_path, BY_MAIL, agency=world.ELECTRONIC, received_at=world.LATELY),
        world.applications(tmp_path, BY_MAIL[:10], received_at=world.MORNING),
    ]
    tasks: list[Task] = [("feed", file) for file in files]
    with empty.copy() as house:
        alone = house.do(*tasks, "account")
    with empty.copy() as house:
        both = at_once(house, [tasks, tasks])
        account = house.do("account")[-1]
    for once, first, second in zip(alone, *both, strict=False):
        assert first["accepted"] + second["accepted"] == once["accepted"]
        assert first["known"] + second["known"] == once["accepted"]
    assert account == alone[-1]
