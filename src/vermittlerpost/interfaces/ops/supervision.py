"""Keep processes alive together: one that dies is started again, and all of them end together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from types import FrameType

import typer

_GLANCE = 0.2
"""Seconds between two looks at the processes."""
_PATIENCE = 30.0
"""Seconds that a process has to end once it is asked to."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_MOST_DEATHS, _WITHIN = 5, 600.0
_ASKING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_SIGNAL_AT_DEATH_OF_PARENT = 1
"""Linux: prctl(2), PR_SET_PDEATHSIG."""


class GivenUp(Exception):
    """A process died so often that starting it once more would help nobody."""


class Child:
    """One process that is to run; a session of its own keeps the terminal's signals away from it."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: list[float] = []
        self._starts_at = 0.0

    def tend(self) -> None:
        """Start the process if it does not run, after a pause that grows; gives up on one that keeps dying."""
        if self._process and self._process.poll() is not None:
            self._mourn(self._process)
            self._process = None
        if self._process is None and monotonic() >= self._starts_at:
            self._process = subprocess.Popen(  # noqa: S603 (the house's own commands)
                self._command,
                env=dict(self._environment),
                start_new_session=True,
                preexec_fn=_bound_to(os.getpid()),  # noqa: PLW1509 (no thread runs here, and it takes no lock)
            )

    def _mourn(self, process: "subprocess.Popen[bytes]") -> None:
        now = monotonic()
        self._deaths = [*(death for death in self._deaths if now - death < _WITHIN), now]
        if len(self._deaths) > _MOST_DEATHS:
            raise GivenUp(f"{self.name} endet immer wieder (zuletzt mit {process.returncode}); es wird aufgegeben.")
        pause = min(_FIRST_PAUSE * 2 ** (len(self._deaths) - 1), _LONGEST_PAUSE)
        self._starts_at = now + pause
        typer.echo(f"{self.name} endete mit {process.returncode}; Neustart in {pause:g} s.", err=True)

    def ask_to_end(self) -> None:
        """Ask the process to finish what it holds, and go."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def is_gone(self, by: float) -> bool:
        """Wait for the end of the process and tell whether it came of itself; at a moment (monotonic) it is forced."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(by - monotonic(), 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True


def _bound_to(parent: int) -> Callable[[], None] | None:
    """Return what lets a new process be asked to end when its parent is gone, however that died; on Linux alone."""
    if sys.platform != "linux":
        return None
    control = ctypes.CDLL(None, use_errno=True).prctl

    def bind() -> None:
        control(_SIGNAL_AT_DEATH_OF_PARENT, signal.SIGTERM)
        if os.getppid() != parent:  # it died just before
            os._exit(1)

    return bind


def supervise(children: Sequence[Child]) -> bool:
    """Keep the processes running until a signal asks to end, then end them; tell whether all of them went well.

    Raises GivenUp, after having ended the others, if one of them cannot be kept alive.
    """
    with _asked_to_end() as asked:
        try:
            while not asked.wait(_GLANCE):
                for child in children:
                    child.tend()
        finally:
            are_gone = _end(children)
    return are_gone


def _end(children: Sequence[Child]) -> bool:
    for child in children:
        child.ask_to_end()
    by = monotonic() + _PATIENCE
    are_gone = [child.is_gone(by) for child in children]
    return all(are_gone)


@contextmanager
def _asked_to_end() -> Iterator[threading.Event]:
    """Let signals set an event instead of ending this process within the block."""
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in _ASKING}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
