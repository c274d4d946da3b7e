"""Measure: `python -m benchmarks` all promises, `python -m benchmarks s1 s5` some of them."""

import argparse
import signal
import sys
import time

from benchmarks import ground, machine
from benchmarks.measuring import Finding, Goal, Run
from benchmarks.sink import open_sink
from vermittlerpost.lib import catalogue


def main() -> int:
    """Measure what is asked for and print it; a goal not met is no failure of the command."""
    options = _options()
    # Whoever stops it wants no server left behind: leave by the same way as when it is done.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with open_sink() as sink:
        ground.prepare(smtp_port=sink.port)
        with ground.installation():
            _measure(options.goals, Run(scale=options.scale, sink=sink))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("goals", nargs="*", help="s1, s2 …; without any: all")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1 does a tenth of the work, for a first look")
    return parser.parse_args()


def _measure(wanted: list[str], run: Run) -> None:
    # Read only here: the goals use the product, which wants Django to be ready.
    goals = catalogue.modules("benchmarks.goals", Goal)
    print(f"{machine.described()}; scale {run.scale:g}")
    for code in wanted or goals:
        started = time.perf_counter()
        print(f"\n{code.upper()}  {goals[code].title}", flush=True)
        for line in goals[code].measure(run):
            print(f"  {'→ ' if isinstance(line, Finding) else '  '}{line}", flush=True)
        print(f"    ({time.perf_counter() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
