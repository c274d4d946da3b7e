"""Some weeks of the sample world, cut into what arrives before each of three moments, as files of JSON lines."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vermittlerpost.lib import clock
from vermittlerpost.lib.sequences import batched

WORLD = Path(__file__).parents[2] / "examples" / "world"
FED, REQUESTED, PRINTED = "2026-03-06T16:00:00+01:00", "2026-03-23T08:30:00+01:00", "2026-03-23T14:05:00+01:00"
ANSWERED, REMINDED, ENDED = "2026-03-23T15:00:00+01:00", "2026-04-13T08:30:00+02:00", "2026-04-13T14:05:00+02:00"
"""On a Friday all that came in lies there; on a Monday after the grace all is asked for, printed after the cut-off,
and some is answered; three weeks later the rest is reminded of.
"""
_MASTERS = ("carriers", "firms", "agencies", "users", "preferences", "evb")
_ROWS_AT_ONCE = 40

Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Files in the order in which they come: at first, and as answers to requests."""

    first: Sequence[Path]
    answers: Sequence[Path]

    @property
    def in_between(self) -> Path:
        """Return a file of notices that others come before and after."""
        return [path for path in self.first if path.stem == "notices"][1]


def cut(folder: Path) -> Weeks:
    """Write what comes in until the first moment, and the applications that come from then until the last one."""
    fed, answered = (datetime.fromisoformat(moment) for moment in (FED, ANSWERED))
    notices = [row for row in _rows("notices-2026-W10") if _received(row) <= fed]
    applications = _rows("applications")
    before = [row for row in applications if _received(row) <= fed]
    documents = [row for row in _rows("documents") if _received(row) <= fed]
    parts = [("notices", part) for part in batched(notices, _ROWS_AT_ONCE)]
    masters = [(name, _rows(name)) for name in _MASTERS]
    first = [*masters, *parts, ("applications", before), ("documents", documents)]
    answers = [("applications", [row for row in applications if fed < _received(row) <= answered])]
    return Weeks(first=list(_written(folder / "1", first)), answers=list(_written(folder / "2", answers)))


def _rows(name: str) -> list[Row]:
    lines = (WORLD / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
    table = csv.DictReader(lines, delimiter=";" if ";" in lines[0] else ",")
    return [row for row in table if None not in row and None not in row.values()]


def _received(row: Row) -> datetime:
    moment = datetime.fromisoformat(row["received_at"] or FED)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.GERMANY)


def _written(folder: Path, tables: Sequence[tuple[str, list[Row]]]) -> Iterator[Path]:
    for number, (name, rows) in enumerate(tables):
        path = folder / f"{number:02}" / f"{name}.ndjson"
        path.parent.mkdir(parents=True)
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        yield path
