"""Whoever is killed, and wherever: nothing is lost and nothing doubled."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.faults import world
from tests.faults.account import Account
from tests.faults.deaths import FEW_AT_ONCE, RECOVERY, STAGES, Aftermath, Scene
from tests.faults.houses import House
from tests.faults.workers import sql

MAIL_ID = re.compile(r"^Message-ID:\s*<([^.@>]+)", re.MULTILINE)
SENT, UNKNOWN = "sent", "unknown"
IN_ONE_HAND = FEW_AT_ONCE["_MAILS_AT_ONCE"]


@contextmanager
def scene(stage: str, morning: House, *, by_smtp: bool = False) -> Iterator[Scene]:
    """Return a scene of deaths in one stage of the morning's work, those before it being done."""
    with morning.copy() as house:
        house.do(*STAGES[: STAGES.index(stage)])
        yield Scene(
            house=house,
            tasks=[stage],
            recovery=RECOVERY[stage],
            by_smtp=by_smtp,
        )


def without_mails(account: Account) -> Account:
    return {name: rows for name, rows in account.items() if name != "mails"}


def fates(death: Aftermath) -> Iterator[tuple[str, str, int]]:
    """Yield id, state and number of files of each mail."""
    for *_, mail, state, attempts, files in death.account["mails"]:
        assert attempts == 1, death.point
        yield mail, state, files


def assert_all_is_told_once(death: Aftermath, calm: Account) -> None:
    """Assert that every mail has one fate: sent once, or perhaps sent, shown, and never tried again."""
    assert [mail[:4] for mail in death.account["mails"]] == [mail[:4] for mail in calm["mails"]], death.point
    states = Counter(state for _, state, _ in fates(death))
    assert states.keys() <= {SENT, UNKNOWN}, death.point
    assert states[UNKNOWN] <= IN_ONE_HAND, death.point
    assert without_mails(death.account) == without_mails(calm), death.point


@pytest.mark.parametrize("stage", ["take_steps", "announce", "render", "print_post", "hand_over"])
def test_a_worker_killed_anywhere_loses_and_doubles_nothing(stage: str, morning: House) -> None:
    with scene(stage, morning) as played:
        calm, deaths = played.calm(), played.deaths()
    assert len(deaths) >= 4
    for death in deaths:
        assert death.account == calm, death.point


def test_a_worker_killed_anywhere_while_it_writes_mails_to_files_leaves_each_at_most_once(morning: House) -> None:
    with scene("post_all", morning) as played:
        calm, deaths = played.calm(), played.deaths()
    assert any("opening mails" in death.point for death in deaths)
    for death in deaths:
        assert_all_is_told_once(death, calm)
        for _, state, files in fates(death):
            assert files == 1 if state == SENT else files <= 1, death.point


def test_a_worker_killed_anywhere_in_the_smtp_dialogue_never_sends_a_mail_twice(morning: House) -> None:
    with scene("post_all", morning, by_smtp=True) as played:
        calm, deaths = played.calm(), played.deaths()
    assert any("sending MAIL" in death.point for death in deaths)
    for death in deaths:
        assert_all_is_told_once(death, calm)
        arrived = arrivals(death)
        for mail, state, files in fates(death):
            was_sent_before_the_morning = bool(files)
            if not was_sent_before_the_morning:
                assert arrived[mail] == 1 if state == SENT else arrived[mail] <= 1, death.point


def arrivals(death: Aftermath) -> Counter[str]:
    """Count how often each mail, by its id, came to the server."""
    assert death.server
    heads = [mail.data.partition(b"\r\n\r\n")[0].decode() for mail in death.server.received]
    return Counter(match[1] for head in heads if (match := MAIL_ID.search(head)))


def test_a_mail_that_a_dead_worker_had_only_claimed_is_shown_and_sent_once_somebody_decides(morning: House) -> None:
    """Not even the folder, which could repeat it without harm, is asked: one rule for all transports."""
    states = sql("SELECT state, count(*) FROM notifications_mail WHERE attempts > 0 GROUP BY state ORDER BY state")
    someone_decides = ("retry_mails", "sieht nicht versandt aus")
    with morning.copy() as house:
        house.do("take_steps", "announce")
        assert not house.start("post_all", die_at=2).survived()
        assert house.is_quiet()
        shortly_after = house.do("doubt_abandoned", "post_all", states)[-1]
        later = house.do("doubt_abandoned", "post_all", states, clock=world.LATER)[-1]
        account = house.do(someone_decides, "post_all", "account", clock=world.LATER)[-1]
    assert shortly_after == [["sending", 4], [SENT, 2]]
    assert later == [[SENT, 2], [UNKNOWN, 4]]
    assert [(state, files) for *_, state, _, files in account["mails"]] == [(SENT, 1)] * 6


def test_an_intake_killed_anywhere_can_be_fed_again(furnished: House, tmp_path: Path) -> None:
    evbs, notices = world.registrations(tmp_path, [1, 2], agency=world.ELECTRONIC, received_at=world.LONG_AGO)
    files = [("feed", file) for file in (evbs, notices, world.applications(tmp_path, [2], received_at=world.LATELY))]
    played = Scene(
        house=furnished,
        clock=world.LATELY,
        tasks=files,
        recovery=[*files, "account"],
    )
    calm, deaths = played.calm(), played.deaths()
    assert len(calm["cases"]) == 2
    for death in deaths:
        assert death.account == calm, death.point
