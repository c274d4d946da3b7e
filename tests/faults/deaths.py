"""Kill a worker at each of its points in turn, let a healthy one finish the work, and look at what came of it."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from tests.faults import world
from tests.faults.account import Account
from tests.faults.houses import House
from tests.faults.smtp_server import MisbehavingServer, running
from tests.faults.workers import Task

STAGES = ("take_steps", "announce", "post_all", "render", "print_post", "hand_over")
"""A morning's work, in its order."""

_WHEN_LEASES_HAVE_RUN_OUT: Sequence[Task | str] = (("turn", world.LATER), "doubt_abandoned")

RECOVERY: Mapping[str, Sequence[Task | str]] = {
    "take_steps": [*STAGES, "account"],
    "announce": ["announce", "post_all", "account"],
    "post_all": ["post_all", *_WHEN_LEASES_HAVE_RUN_OUT, "post_all", "account"],
    "render": ["render", *_WHEN_LEASES_HAVE_RUN_OUT, "render", "account"],
    "print_post": ["print_post", "account"],
    "hand_over": ["hand_over", "account"],
}
"""What healthy workers do after a death in a stage, until there is nothing left to do."""

FEW_AT_ONCE = {"_BATCH": 3, "_LETTERS_AT_ONCE": 3, "_MAILS_AT_ONCE": 2}
"""So that there are several batches, and points between them."""

_LANES = 2


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """Where a worker died, and what there was after others had finished its work."""

    point: str
    account: Account
    server: MisbehavingServer | None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where workers are to die: doing `tasks` in copies of a house; healthy ones do `recovery` there."""

    house: House
    clock: str = world.MORNING
    tasks: Sequence[Task | str]
    recovery: Sequence[Task | str]
    by_smtp: bool = False

    def calm(self) -> Account:
        """Return what comes of it if nobody dies."""
        with self.house.copy() as house, self._server() as server:
            account: Account = house.do(*self.tasks, *self.recovery, **self._wishes(server))[-1]
            return account

    def deaths(self) -> list[Aftermath]:
        """Kill a worker at its first point, one at its second, and so on until one gets through."""
        with ThreadPoolExecutor(_LANES) as lanes:
            found = [lanes.submit(list, self._lane(first)) for first in range(1, _LANES + 1)]
            return [aftermath for lane in found for aftermath in lane.result()]

    def _lane(self, first: int) -> Iterator[Aftermath]:
        for point in itertools.count(first, _LANES):
            with self.house.copy() as house, self._server() as server:
                worker = house.start(*self.tasks, die_at=point, **self._wishes(server))
                if worker.survived():
                    return
                assert house.is_quiet()
                account = house.do(*self.recovery, **self._wishes(server))[-1]
            yield Aftermath(point=f"{point}: {worker.killed_at}", account=account, server=server)

    def _server(self) -> AbstractContextManager[MisbehavingServer | None]:
        return running(MisbehavingServer()) if self.by_smtp else nullcontext()

    def _wishes(self, server: MisbehavingServer | None) -> dict[str, Any]:
        return {"clock": self.clock, "limits": FEW_AT_ONCE, "environment": environment_of(server)}


def environment_of(server: MisbehavingServer | None) -> dict[str, Any]:
    """Return the settings with which mails go to a server, or to files if there is none."""
    if server is None:
        return {}
    return {
        "mail_transport": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "smtp_tls": "none",
        "smtp_timeout": 60.0,
    }
