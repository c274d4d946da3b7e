"""Feed what came over REST just as a file is fed, and tell row by row what became of it."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.reading.results import Accepted, Doubt, Outcome, Refusal
from vermittlerpost.interfaces.api.bodies import Shape
from vermittlerpost.interfaces.api.problems import BadRequest
from vermittlerpost.lib import verdicts

Verdict = dict[str, Any]


class Listed(intake.Feeding):
    """A feeding that remembers what became of each row until somebody takes that."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._rows: dict[int, Verdict] = {}

    def keep(self, remarks: Sequence[Refusal | Doubt]) -> None:
        """Remember what was refused and doubted, and keep it as of any file."""
        super().keep(remarks)
        for remark in remarks:
            said, place = self._row(remark.row), asdict(remark)
            del place["file"], place["row"]
            if isinstance(remark, Refusal):
                said["verdict"] = "refused"
                said.setdefault("errors", []).append(place)
            else:
                said.setdefault("warnings", []).append(place)

    def count(self, row: Accepted, verdict: verdicts.Verdict) -> None:
        """Remember what was taken or known, and count it."""
        super().count(row, verdict)
        said = self._row(row.row)
        if isinstance(verdict, verdicts.Known):
            said["verdict"] = "known"
        elif isinstance(verdict, verdicts.Accepted) and verdict.warning:
            doubt = row.doubt(verdict.column, verdict.warning)
            place = {"column": doubt.column, "value": doubt.value, "warning": doubt.warning}
            said.setdefault("warnings", []).append(place)

    def taken(self, *, before: int | None = None) -> list[Verdict]:
        """Return in their order what became of the rows before one, or of all, and remember it no longer."""
        numbers = sorted(row for row in self._rows if before is None or row < before)
        return [self._rows.pop(number) for number in numbers]

    def _row(self, number: int) -> Verdict:
        return self._rows.setdefault(number, {"row": number, "verdict": "accepted"})


class Deflated:
    """The answer to a batch, deflated while it is written: it may be long, and much of it says the same."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj()
        self._pieces: list[bytes] = []
        self._counts = dict.fromkeys(("accepted", "known", "refused", "warned"), 0)
        self._write('{"rows": [')

    def add(self, rows: Sequence[Verdict]) -> None:
        """Write down what became of rows, and count them."""
        for row in rows:
            separator = "," if any(self._counts.values()) else ""
            self._write(f"{separator}\n{json.dumps(row, ensure_ascii=False)}")
            self._counts[row["verdict"]] += 1
            self._counts["warned"] += len(row.get("warnings", []))

    def end(self) -> bytes:
        """Write down how many rows there were of which kind, and return the whole."""
        self._write(f"\n], {json.dumps(self._counts)[1:]}")
        return b"".join([*self._pieces, self._deflate.flush()])

    def _write(self, text: str) -> None:
        self._pieces.append(self._deflate.compress(text.encode()))


def feed_batch(path: Path, shape: Shape, *, by: str) -> bytes:
    """Feed rows and return the deflated answer; refuses too many of them, and then all.

    Parts are as large as those of a file, so that the same rows have the same effect.
    """
    listed, answer = Listed(path), Deflated()
    for part in listed.parts():
        _take(part, shape, listed, by=by)
        answer.add(listed.taken(before=part[-1].row))
    answer.add(listed.taken())
    listed.close(by=by)
    return answer.end()


def feed_single(path: Path, shape: Shape, *, by: str) -> Verdict | None:
    """Feed the one object and return what became of it; None if there was none. Refuses several."""
    listed = Listed(path)
    for part in listed.parts():
        _take(part, shape, listed, by=by)
    listed.close(by=by)
    return next(iter(listed.taken()), None)


def _take(part: Sequence[Outcome], shape: Shape, listed: Listed, *, by: str) -> None:
    if part[-1].row - 1 > shape.most_rows:
        raise BadRequest(*shape.excess)
    listed.take(part, by=by)
