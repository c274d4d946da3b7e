"""The process from which workers are forked, so that each starts in milliseconds; started by `workers.Forge`.

It reads jobs from its input, one JSON object a line, forks a worker for each and writes that worker's process id.
"""

import atexit
import gc
import json
import os
import signal
import sys
import traceback
from typing import Any, NoReturn

import django

LONGEST_LIFE = 280
"""Seconds after which a worker that hangs is ended by the system."""


def main() -> None:
    """Fork until nobody asks any more."""
    # One thread only may live here: a fork copies no others, and their locks would stay locked.
    django.setup()
    from tests.faults import work  # noqa: PLC0415 (models can be imported only now)

    work.warm_up()
    gc.freeze()  # else every worker's first collection would copy all the memory it shares
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(work, json.loads(line))
            _end()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _live(work: Any, job: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.alarm(LONGEST_LIFE)
    with work.Home(job["port"]) as home:
        try:
            home.say(done=work.do(job, home))
        except Exception:  # noqa: BLE001 (whatever it is, the test wants to read it)
            home.say(failed=traceback.format_exc())


def _end() -> NoReturn:
    """End as Python would, but do not tidy up a memory that is shared and would have to be copied for that."""
    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
