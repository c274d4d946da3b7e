"""What a worker does: the rounds of the product, at a turned clock, until it is done or meets its fate."""

import ctypes
import json
import os
import re
import resource
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from tests.faults import points
from tests.faults.account import account
from tests.faults.workers import PATIENCE

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as travelling
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.letters.layout import codes
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as told

TROUBLE = (OperationalError, InterfaceError, OSError)
"""What a worker survives: the next sweep tries again."""


class Home:
    """Speak with the test that gave the job, in lines of JSON."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._lines = self._socket.makefile("rw", encoding="utf-8")

    def say(self, **message: object) -> None:
        """Report."""
        self._lines.write(json.dumps(message, default=str) + "\n")
        self._lines.flush()

    def wait(self) -> None:
        """Go on when told so, end with the test."""
        if not self._lines.readline():
            os._exit(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


class Fate:
    """Kill this process at its n-th point, or hold it at one that is named until it is told to go on."""

    def __init__(self, home: Home, *, die_at: int, hold_at: str, holds_after: int) -> None:
        self._home = home
        self._die_at = die_at
        self._hold_at = hold_at
        self._passes = holds_after
        self._count = 0

    def reach(self, point: str) -> None:
        """Reach a point at which it can die."""
        self._count += 1
        if self._count == self._die_at:
            self._home.say(killed=point)
            os.kill(os.getpid(), signal.SIGKILL)
        self.pause(point)

    def pause(self, point: str) -> None:
        """Reach a point at which it can only be held."""
        if not self._hold_at or not re.match(self._hold_at, point, re.DOTALL):
            return
        self._passes -= 1
        if self._passes < 0:
            self._hold_at = ""
            self._home.say(held=point)
            self._home.wait()


def warm_up() -> None:
    """Learn once for all workers what takes longer than all they do: the holidays of a year, and the codes of pages."""
    for land in "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split():
        COUNTINGS["working_day"].roll(date(2026, 1, 1), f"DE-{land}")
    for sign in identifiers.ALPHABET:
        letter = f"S-{4 * sign}-{4 * sign}-{5 * sign}"
        codes.qr(f"{settings.ENVIRONMENT.base_url}/cockpit/vermittlerpost/{letter}/")


def do(job: Mapping[str, Any], home: Home) -> list[object]:
    """Do one thing of a job after the other and return what each came to."""
    _settle_in(job)
    fate = Fate(home, die_at=job["die_at"], hold_at=job["hold_at"], holds_after=job["holds_after"])
    points.watch(job["home"], fate.reach)
    points.watch_the_start(fate.pause)
    with ExitStack() as turned:
        turned.enter_context(clock.turned_to(datetime.fromisoformat(job["clock"])))
        if job["hold_at"].startswith("before SQL"):
            turned.enter_context(points.watching_statements(fate.pause))
        _wait_until(job["starts_at"])
        results = [_done(task, turned, survives=job["survives"]) for task in job["tasks"]]
    connections.close_all()
    return results


def _settle_in(job: Mapping[str, Any]) -> None:
    assert connections["default"].alias
    del connections["default"]  # it was made for the database that the forge's environment names
    connections.settings["default"].update(job["database"])
    settings.HOME = Path(job["home"])
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=job["environment"])
    for name, limit in job["limits"].items():
        assert hasattr(rounds, name), name
        setattr(rounds, name, limit)
    if job["largest_file"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest_file"], resource.RLIM_INFINITY))


def _wait_until(moment: float) -> None:
    """Start with the others; the last moments are waited for awake, since sleepers oversleep."""
    time.sleep(max(0.0, moment - time.monotonic() - 0.002))
    while time.monotonic() < moment:
        pass


def _done(task: Sequence[Any], turned: ExitStack, *, survives: bool) -> object:
    name, *arguments = task
    if name == "turn":
        turned.enter_context(clock.turned_to(datetime.fromisoformat(arguments[0])))
        return None
    try:
        return TASKS[name](*arguments)
    except TROUBLE as trouble:
        if not survives:
            raise
        close_old_connections()
        return f"{type(trouble).__name__}: {trouble}"


def _post_all() -> int:
    return rounds.post(due_by=clock.now() + timedelta(days=1))


def _post_patiently(until: str) -> list[str]:
    """Post whenever a mail is due up to a moment, and return when that was."""
    moments: list[str] = []
    while (first := told.waiting().first()) and first.next_attempt_at <= datetime.fromisoformat(until):
        moments.append(first.next_attempt_at.isoformat())
        with clock.turned_to(first.next_attempt_at):
            rounds.post()
    return moments


def _print_post() -> list[str]:
    return delivery.build_batches(wiring.print_folder(), by=rounds.SYSTEM)


def _hand_over() -> None:
    for batch in travelling.batches().filter(state="built"):
        delivery.hand_over(batch.id, by=rounds.SYSTEM)


def _feed(path: str) -> dict[str, int]:
    report = intake.feed(Path(path), by="test")
    assert not report.refused, report.remarks
    return report.counts()


def _feed_at_meetings(paths: Sequence[str], me: str, other: str) -> None:
    """Feed file by file, each at the instant at which another process is ready for its own one; now and then later."""
    for number, path in enumerate(paths):
        _meet(Path(settings.HOME) / f"meeting-{number}", me, other)
        if number % 3 and (me < other) == (number % 3 == 1):
            time.sleep(0.004)
        _feed(path)


def _meet(place: Path, me: str, other: str) -> None:
    place.mkdir(exist_ok=True)
    (place / me).touch()
    end = time.monotonic() + PATIENCE
    while not (place / other).exists():
        assert time.monotonic() < end, "The other one did not come."


def _sql(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _acknowledge(login_id: str) -> int:
    """Acknowledge all that a user's software finds, and return how many shipments that were."""
    user = agencies.user(login_id)
    lines = list(travelling.shipments(user, acknowledged=True))
    for line in lines:
        detail = travelling.shipment(user, line.id)
        assert detail is not None
        delivery.acknowledge(user, detail, consumer="MVP")
    return len(lines)


def _take(path: str) -> dict[str, int]:
    """Feed a file of the world as it is, and tell what became of its rows."""
    return intake.feed(Path(path), by="test").counts()


def _issue_key() -> str:
    expires_at = clock.now() + timedelta(days=365)
    return exchange.issue_key(holder="kernsystem", scopes=tuple(Scope), expires_at=expires_at, by="test").text


def _decide_mails(arrived: Sequence[str]) -> None:
    """Decide about mails of unknown fate: settle those that the mail server has, send the others again."""
    for mail in told.to_settle():
        decision = notifications.settle if mail.id in arrived else notifications.retry
        decision(mail=mail.id, reason="nach dem Protokoll des Mailservers", by="test")


def _retry_step(number: str) -> None:
    cases.retry(case=_sql(f"SELECT id FROM cases_case WHERE evb = '{number}'")[0][0], reason="repariert", by="test")


def _retry_mails(reason: str) -> None:
    for mail in told.to_settle():
        notifications.retry(mail=mail.id, reason=reason, by="test")


def _adopt_orphans() -> None:
    """Become for orphans what the first process of a container is, and never look after them."""
    become_subreaper = 36
    assert ctypes.CDLL(None, use_errno=True).prctl(become_subreaper, 1, 0, 0, 0) == 0


def _open_files() -> int:
    connection.close()  # a worker keeps its line; what is counted is files
    return sum(1 for _ in Path("/dev/fd").iterdir())


TASKS: Mapping[str, Callable[..., Any]] = {
    "account": account,
    "acknowledge": _acknowledge,
    "adopt_orphans": _adopt_orphans,
    "announce": rounds.announce,
    "decide_mails": _decide_mails,
    "doubt_abandoned": rounds.doubt_abandoned,
    "feed": _feed,
    "feed_at_meetings": _feed_at_meetings,
    "halt": lambda: cases.halt(reason="Bremse", until=None, by="test"),
    "hand_over": _hand_over,
    "issue_key": _issue_key,
    "migrate": lambda: call_command("migrate", verbosity=0),
    "open_files": _open_files,
    "post": rounds.post,
    "post_all": _post_all,
    "post_patiently": _post_patiently,
    "print_post": _print_post,
    "render": rounds.render,
    "retry_mails": _retry_mails,
    "retry_step": _retry_step,
    "sql": _sql,
    "take": _take,
    "take_steps": rounds.take_steps,
    "watch_pickups": lambda: len(rounds.watch_pickups()),
}
