"""Everything at once: workers of all kinds while applications come in; afterwards every promise still holds."""

import time
from pathlib import Path

from tests.faults import world
from tests.faults.account import Account
from tests.faults.deaths import STAGES, environment_of
from tests.faults.houses import House
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.faults.workers import Task

BY_MAIL, BY_POST = range(1, 41), range(41, 57)
ANSWERED = [*BY_MAIL[::3], *BY_POST[::3]]
HURRY = {"limits": {"_BATCH": 4, "_LETTERS_AT_ONCE": 4, "_MAILS_AT_ONCE": 1}}
FAULTS = (Fault(at="RCPT", reply="451 4.7.1 later", mail=2), Fault(at="CONTENT", mail=4), Fault(at="END", mail=6))


def test_in_a_storm_of_workers_and_applications_every_promise_holds(furnished: House, tmp_path: Path) -> None:
    registered = [
        *world.registrations(tmp_path / "mail", BY_MAIL, agency=world.ELECTRONIC, received_at=world.LATELY),
        *world.registrations(tmp_path / "post", BY_POST, agency=world.PAPER, received_at=world.LATELY),
    ]
    with furnished.copy() as house, running(MisbehavingServer(faults=FAULTS)) as server:
        house.do(*[("feed", file) for file in registered], clock=world.LATELY)
        wishes = {"environment": environment_of(server), **HURRY}
        starts_at = time.monotonic() + 0.5
        workers = [house.start(*tasks, clock=world.SOON, starts_at=starts_at, **wishes) for tasks in at_work(tmp_path)]
        for worker in workers:
            worker.results()
        tasks = [*STAGES, "doubt_abandoned", ("post_patiently", "2026-04-01T07:00:00+02:00"), "account"]
        *_, account = house.do(*tasks, clock=world.LATER, **wishes)
    assert_promises_hold(account)
    assert len({mail.data.partition(b"Message-ID: ")[2][:20] for mail in server.received}) == len(server.received)


def at_work(folder: Path) -> list[list[Task | str]]:
    """Return what each of six processes does: three sweep, one renders, one prints, one takes applications."""
    applications: list[Task | str] = [
        ("feed", world.applications(folder / str(number), [number], received_at=world.MORNING)) for number in ANSWERED
    ]
    sweeping: list[Task | str] = ["take_steps", "announce", "post"] * 5
    printing: list[Task | str] = ["print_post", "hand_over"] * 5
    return [sweeping, sweeping, sweeping, ["render"] * 5, printing, applications]


def assert_promises_hold(account: Account) -> None:
    ended = {case for case, state, *_ in account["cases"] if state == "closed"}
    assert len(ended) == len(ANSWERED)
    assert account["broken_chains"] == []
    assert account["unannounced"] == 0
    assert not ended & {case for case, *_ in account["deadlines"]}
    assert {stuck for *_, stuck in account["deadlines"]} == {""}
    assert {mail[4] for mail in account["mails"]} <= {"sent", "unknown", "withdrawn"}
    assert_letters_are_whole(account)


def assert_letters_are_whole(account: Account) -> None:
    assert all(trouble == "" for _, _, trouble in account["pdfs"])
    states = {letter: state for letter, _, state in account["deliveries"]}
    settled = {letter for letter, *_, reason in account["letters"] if reason}
    assert {states[letter] for letter in settled} <= {"provided", "withdrawn", "handed_over"}
    unsettled = {state for letter, state in states.items() if letter not in settled}
    assert unsettled <= {"provided", "in_batch", "handed_over"}
    assert all(whole == [True, True] for _, state, _, *whole in account["batches"] if state != "recalled")
