"""Feed a file: row by row into batches, each batch on its own, with a report at the end."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.db import transaction

from vermittlerpost.intake import events
from vermittlerpost.intake.actions import masters
from vermittlerpost.intake.actions.documents import put_documents
from vermittlerpost.intake.actions.evbs import put_evbs
from vermittlerpost.intake.actions.messages import take_messages
from vermittlerpost.intake.actions.post import put_print_receipts, put_returns
from vermittlerpost.intake.formats.agencies import AgencyRow
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.carriers import CarrierRow
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.intake.formats.evb import EvbRow
from vermittlerpost.intake.formats.firms import FirmRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.formats.preferences import PreferenceRow
from vermittlerpost.intake.formats.print_receipts import PrintReceiptRow
from vermittlerpost.intake.formats.returns import ReturnRow
from vermittlerpost.intake.formats.users import UserRow
from vermittlerpost.intake.models import ImportedFile, RefusedRow
from vermittlerpost.intake.reading import code_of, read, recognise
from vermittlerpost.intake.reading.results import Accepted, Doubt, Outcome, Refusal
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock, verdicts
from vermittlerpost.lib.garbage import undisturbed
from vermittlerpost.lib.sequences import ahead, batched

ROWS_PER_BATCH = 2500
"""PostgreSQL writes a binary COPY down by the thousand rows: the next are made meanwhile. A larger batch would be
faster still, but every other intake waits while one is matched.
"""
MOST_MASTERS = 100_000
"""Masters are taken as one batch: a parent may come after its children, a later row may replace an earlier one."""
_SHOWN = 20

Taker = Callable[..., list[verdicts.Verdict]]

_TAKERS: dict[type, Taker] = {
    CarrierRow: masters.put_carriers,
    FirmRow: masters.put_firms,
    AgencyRow: masters.put_agencies,
    UserRow: masters.put_users,
    PreferenceRow: masters.put_preferences,
    EvbRow: put_evbs,
    NoticeRow: take_messages,
    ApplicationRow: take_messages,
    DocumentRow: put_documents,
    PrintReceiptRow: put_print_receipts,
    ReturnRow: put_returns,
}
_MASTERS = (CarrierRow, FirmRow, AgencyRow, UserRow, PreferenceRow)


@dataclass(kw_only=True)
class Report:
    """What became of a file; `remarks` are its first refusals and doubts, all refusals are kept under its `number`."""

    file: str
    format: str
    number: int = 0
    accepted: int = 0
    known: int = 0
    refused: int = 0
    warned: int = 0
    remarks: list[Refusal | Doubt] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many rows were taken, known, refused, and taken with a warning."""
        return {
            "accepted": self.accepted,
            "known": self.known,
            "refused": self.refused,
            "warned": self.warned,
        }


class Feeding:
    """One feeding of one file, from its first row to its report."""

    def __init__(self, path: Path) -> None:
        form, code = recognise(path), code_of(path)
        self._path, self._rows_at_once = path, MOST_MASTERS if form and form.row in _MASTERS else ROWS_PER_BATCH
        self._last_refused = 0
        self.file = ImportedFile.objects.create(name=path.name, format=code, fed_at=clock.now())
        self.report = Report(file=path.name, format=code, number=self.file.id)

    def parts(self) -> Iterator[Sequence[Outcome]]:
        """Read the file in parts, each to be taken on its own."""
        return undisturbed(ahead(batched(read(self._path), self._rows_at_once)))

    def take(self, part: Sequence[Outcome], *, by: str) -> None:
        """Take the good rows of a part and keep what is wrong with the others, within the caller's transaction."""
        self.keep([outcome for outcome in part if not isinstance(outcome, Accepted)])
        rows = [outcome for outcome in part if isinstance(outcome, Accepted)]
        # Where a file mixes them, what is confirmed comes before what names it.
        rows.sort(key=lambda row: not isinstance(row.values, EvbRow))
        take(rows, {self.report.file: self}, by=by)

    def keep(self, remarks: Sequence[Refusal | Doubt]) -> None:
        """Keep refusals for inspection and the first remarks for the report."""
        refusals = [remark for remark in remarks if isinstance(remark, Refusal)]
        self.report.remarks += remarks[: _SHOWN - len(self.report.remarks)]
        # The refusals of one row may lie in two parts.
        rows = {refusal.row for refusal in refusals} - {self._last_refused}
        self.report.refused += len(rows)
        self._last_refused = max(rows | {self._last_refused})
        self.report.warned += len(remarks) - len(refusals)
        bulk.insert(
            RefusedRow,
            ["file", "row", "column", "value", "rule"],
            [(self.file.id, refusal.row, refusal.column, refusal.value, refusal.rule) for refusal in refusals],
        )

    def count(self, row: Accepted, verdict: verdicts.Verdict) -> None:
        """Count a row that was taken or known, and remark its warning, as far as the report has room."""
        self.report.known += isinstance(verdict, verdicts.Known)
        if not isinstance(verdict, verdicts.Accepted):
            return
        self.report.accepted += 1
        if verdict.warning:
            self.report.warned += 1
            if len(self.report.remarks) < _SHOWN:
                self.report.remarks.append(row.doubt(verdict.column, verdict.warning))

    def close(self, *, by: str) -> Report:
        """Write the report down."""
        counts = self.report.counts()
        with transaction.atomic():
            ImportedFile.objects.filter(id=self.file.id).update(**counts)
            journal.record([Event(kind=events.FILE_FED, subject=f"file:{self.file.id}", data=counts)], by=by)
        return self.report


def feed(path: Path, *, by: str) -> Report:
    """Feed a file and return what became of it; bad rows are kept and block no others, known rows change nothing."""
    feeding = Feeding(path)
    for part in feeding.parts():
        with transaction.atomic():
            feeding.take(part, by=by)
    return feeding.close(by=by)


def take(rows: Sequence[Accepted], feedings: Mapping[str, Feeding], *, by: str) -> None:
    """Hand rows, perhaps of several files, to those who take their kind, and keep what these object to."""
    for taker, together in groupby(rows, key=lambda row: _TAKERS[type(row.values)]):
        part, refusals = list(together), defaultdict[str, list[Refusal | Doubt]](list)
        for row, verdict in zip(part, taker([row.values for row in part], by=by), strict=True):
            feedings[row.file].count(row, verdict)
            if isinstance(verdict, verdicts.Objection):
                refusals[row.file].append(row.refuse(verdict.column, verdict.rule))
        for file, refused in refusals.items():
            feedings[file].keep(refused)
