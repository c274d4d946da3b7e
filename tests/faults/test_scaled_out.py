"""Two webs and four workers on one PostgreSQL, each killed in turn amid its work: as if one process had done it all."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from tests.faults import weeks
from tests.faults.account import Account
from tests.faults.crew import WEBS, WORKERS, Crew, comes, crew
from tests.faults.houses import House
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.faults.workers import PATIENCE, Task

MAIL_ID = re.compile(rb"^Message-ID:\s*<([^.@>]+)", re.MULTILINE)
SLOW = Fault(at="END", wait=60.0)
"""The mail has arrived, and the worker does not know it yet."""
ROUNDS = ("take_steps", "announce", "post_all", "render", "watch_pickups")
LEASED = "SELECT count(*) FROM letters_rendering WHERE leased_until IS NOT NULL AND sha256 = ''"
UNDONE = """
    SELECT (SELECT count(*) FROM journal_unannounced)
         + (SELECT count(*) FROM notifications_mail WHERE state IN ('waiting', 'claimed', 'sending'))
         + (SELECT count(*) FROM letters_rendering WHERE sha256 = '')
"""
UNKNOWN = "SELECT id FROM notifications_mail WHERE state = 'unknown'"
pytestmark = pytest.mark.timeout(900)  # twelve processes start, perhaps where others want the processor as well


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> weeks.Weeks:
    return weeks.cut(tmp_path_factory.mktemp("weeks"))


@pytest.fixture(scope="module")
def alone(empty: House, cut: weeks.Weeks) -> list[Any]:
    """Return what each file came to, and at last what there is if one process does it all."""
    tasks: list[Task | str] = [
        *[("take", str(path)) for path in cut.first], *ROUNDS,
        ("turn", weeks.REQUESTED), *ROUNDS, ("turn", weeks.PRINTED), "print_post",
        ("turn", weeks.ANSWERED), *[("take", str(path)) for path in cut.answers], *ROUNDS,
        ("turn", weeks.REMINDED), *ROUNDS, ("turn", weeks.ENDED), "print_post", "hand_over", "account",
    ]  # fmt: skip
    with empty.copy() as house:
        results = house.do(*tasks, clock=weeks.FED)
    return [one for one in results if isinstance(one, dict)]


@pytest.fixture
def house(empty: House) -> House:
    """Return a house that is built for this test alone, since its tables are changed."""
    return empty.estate.build(like=empty.name)


def test_six_processes_that_are_killed_in_turn_do_what_one_does_alone(
    house: House, cut: weeks.Weeks, alone: Sequence[Any]
) -> None:
    key = house.do("issue_key", clock=weeks.FED)[0]
    with running(MisbehavingServer()) as server, crew(house, weeks.FED, **settings_of(server)) as six:
        first = [send(six, path, key, killed="web-1" if path == cut.in_between else "") for path in cut.first]
        finish(six)
        six.turn(weeks.REQUESTED)
        kill_each_worker(six, server)
        six.turn(weeks.PRINTED)  # what the dead had in their hands is free again
        finish(six)
        decide(six, server)
        six.turn(weeks.ANSWERED)
        answers = [send(six, path, key, killed="web-2") for path in cut.answers]
        for moment in (weeks.REMINDED, weeks.ENDED):
            six.turn(moment)
            finish(six)
        assert six.end() == [0] * 6
    assert [*first, *answers] == alone[:-1]
    assert_nothing_differs(house.do("hand_over", "account", clock=weeks.ENDED)[-1], alone[-1])
    assert set(arrivals(server).values()) == {1}


def settings_of(server: MisbehavingServer) -> dict[str, str]:
    return {
        "VERMITTLERPOST_MAIL_TRANSPORT": "smtp",
        "VERMITTLERPOST_SMTP_HOST": "127.0.0.1",
        "VERMITTLERPOST_SMTP_PORT": str(server.port),
        "VERMITTLERPOST_SMTP_TLS": "none",
        "VERMITTLERPOST_SMTP_TIMEOUT": "120",
    }


def send(six: Crew, path: Path, key: str, *, killed: str = "") -> dict[str, int]:
    """Send a file to both webs at once under one key, as often as needed, and return its counts.

    One may be killed while it takes the file; then the other's answer counts.
    """
    with ThreadPoolExecutor(len(WEBS)) as senders:
        if killed:
            with six.stopped_at("journal_entry") as stopped:
                lost = senders.submit(post, six.ports[killed], path, key)
                assert comes(lambda: killed in stopped())
                six.kill(killed)
                six.start(killed)
            assert lost.result() is None
            assert six.are_up(killed)
        answers = list(senders.map(lambda web: post(six.ports[web], path, key), WEBS))
    assert answers[0] == answers[1]
    assert answers[0]
    return {name: answers[0][name] for name in ("accepted", "known", "refused", "warned")}


def post(port: int, path: Path, key: str) -> dict[str, Any] | None:
    """Send a file, and return the answer, if there is one."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("POST", f"/api/v1/{path.stem}/batch", path.read_bytes(), {
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/x-ndjson",
            "Idempotency-Key": "/".join(path.parts[-3:]),
        })  # fmt: skip
        answer = line.getresponse()
        assert answer.status == 200, answer.read()
        return dict(json.load(answer))
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


def kill_each_worker(six: Crew, server: MisbehavingServer) -> None:
    """Kill two amid their steps, one that makes PDFs, and one between a mail and the server's word for it."""
    left = set(WORKERS)
    for _ in range(2):
        with six.stopped_at("journal_entry") as stopped:
            six.nudge()
            assert comes(lambda: stopped() & left)
            kill_one(six, left, stopped())
    server.faults = [SLOW]
    assert comes(lambda: server.struck, meanwhile=six.nudge)
    posting = min(six.speaking_with(server.port))
    assert comes(lambda: six.ask(LEASED) != [(0,)] and six.doing("render") & left - {posting}, meanwhile=six.nudge)
    kill_one(six, left, left - {posting})
    kill_one(six, left, {posting})
    server.faults = []
    six.start(*WORKERS)
    assert six.are_up(*WORKERS)
    assert six.rests()


def kill_one(six: Crew, left: set[str], caught: Iterable[str]) -> None:
    """Kill one of those who were caught at their work and are left."""
    name = min(left.intersection(caught))
    six.kill(name)
    left.remove(name)


def finish(six: Crew) -> None:
    """Let the workers make their rounds until nothing is left to do."""
    for _ in range(5):
        six.nudge()
        assert six.rests()
    assert six.ask(UNDONE) == [(0,)]


def decide(six: Crew, server: MisbehavingServer) -> None:
    """Decide about mails of unknown fate by the mail server's log, as a person does."""
    unknown = [mail for (mail,) in six.ask(UNKNOWN)]
    assert unknown
    assert arrivals(server).keys() & unknown
    six.house.do(("decide_mails", sorted(arrivals(server))), clock=weeks.PRINTED)
    finish(six)


def arrivals(server: MisbehavingServer) -> Counter[str]:
    """Count how often each mail, by its id, came to the server."""
    return Counter(match[1].decode() for mail in server.received if (match := MAIL_ID.search(mail.data)))


def assert_nothing_differs(account: Account, alone: Account) -> None:
    assert account["broken_chains"] == []
    assert list(mails(account)) == list(mails(alone))
    assert list(printed(account)) == list(printed(alone))
    for name in account.keys() - {"mails", "batches"}:
        assert account[name] == alone[name], name


def mails(account: Account) -> Iterator[list[Any]]:
    """Yield user, category, matters and fate of each mail; one that a person settled was sent."""
    for user, category, matters, _id, state, _attempts, _files in account["mails"]:
        yield [user, category, matters, "sent" if state == "settled" else state]


def printed(account: Account) -> Iterator[list[Any]]:
    """Yield the letters that lie in whole batches, in how many ever, each with its carrier and state."""
    found = [[carrier, state, letter] for carrier, state, letters, *whole in account["batches"] for letter in letters]
    assert all(whole == [True, True] for _, state, _, *whole in account["batches"] if state != "recalled")
    yield from sorted(found)
