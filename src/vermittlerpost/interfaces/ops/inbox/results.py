"""What became of a file that was fed: for machines as JSON, for people in German."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries
from vermittlerpost.intake.reading.results import Doubt

DONE, REFUSED = "done", "refused"
_MOST_NAMED = 10_000
"""So many refused cells at most are named in a result; all of them are kept in the database."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a file; it is `refused` where nothing of it could be taken.

    `number` is that of the feeding, `refusals` and `warnings` bear row, column, value and rule or warning.
    """

    file: str
    number: int
    format: str
    place: str
    counts: dict[str, int]
    refusals: list[dict[str, Any]]
    warnings: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """Return the name under which the file is laid down: no two feedings share one."""
        return f"{self.number:08}-{self.file}"

    @property
    def sentence(self) -> str:
        """Return how many rows were taken and refused."""
        return counted(self.counts)

    def to_json(self) -> bytes:
        """Return the result for machines."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """Make the result from what `to_json` gave."""
        return cls(**json.loads(content))

    def in_words(self) -> str:
        """Return the result for people."""
        return "\n".join([*self._lines(), ""])

    def _lines(self) -> Iterator[str]:
        yield f"{self.file} (Einlieferung {self.number}): {self.sentence}."
        if self.place == REFUSED:
            yield "Nichts aus dieser Datei wurde übernommen. Bitte berichtigen Sie sie und liefern Sie sie erneut ein."
        elif self.refusals:
            yield "Alles andere wurde übernommen. Berichtigen Sie diese Zeilen und liefern Sie die Datei erneut ein:"
            yield "was schon übernommen ist, ändert sich dadurch nicht."
        for remark in (*self.refusals, *self.warnings):
            yield f"- {remarked(remark)}"
        if len(self.refusals) == _MOST_NAMED:
            yield f"… und vielleicht weitere; alle zeigt der Innendienst unter „Einlieferungen“, Nr. {self.number}."


def result_of(report: intake.Report) -> Result:
    """Return the result of a feeding with all that it refused."""
    refused = queries.refused_in(report.number)[:_MOST_NAMED]
    warnings = [asdict(remark) for remark in report.remarks if isinstance(remark, Doubt)]
    return Result(
        file=report.file,
        number=report.number,
        format=report.format,
        place=DONE if report.accepted or report.known or not report.refused else REFUSED,
        counts=report.counts(),
        refusals=[{"row": one.row, "column": one.column, "value": one.value, "rule": one.rule} for one in refused],
        warnings=[{name: value for name, value in one.items() if name != "file"} for one in warnings],
    )


def counted(counts: Mapping[str, int]) -> str:
    """Return the counts of a feeding in German."""
    return (
        f"{counts['accepted']} übernommen, {counts['known']} bekannt, {counts['refused']} abgewiesen, "
        f"{counts['warned']} mit Warnung"
    )


def remarked(remark: Mapping[str, Any]) -> str:
    """Return a refusal or a warning as a German sentence with its place."""
    where = f"Zeile {remark['row']}" + (f", Spalte {remark['column']}" if remark["column"] else "")
    says = remark.get("rule") or f"Warnung: {remark['warning']}"
    return f"{where}: „{remark['value']}“ – {says}"
