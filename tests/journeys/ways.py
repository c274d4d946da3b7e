"""Other ways in than files, for a simulation: over REST as a core system sends, and as GDV records."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count, groupby
from pathlib import Path
from typing import Any

from tests import gdv_records
from tests.interfaces.api.conftest import System, content, said
from tests.journeys.tables import Cells, lines

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.reading import code_of
from vermittlerpost.intake.reading.results import Accepted, Doubt, Refusal
from vermittlerpost.interfaces.ops.simulation.ways import Files
from vermittlerpost.lib import clock

_LONGEST_NAME = 30
Tables = dict[str, dict[int, Cells]]


def cells_of(path: Path) -> dict[int, Cells]:
    """Return the cells of each line of a table by its number."""
    return {line.number: line.cells for line in lines(path)}


class Rest:
    """Send rows as they are written, in batches with idempotency keys; each batch comes a second time, too."""

    def __init__(self) -> None:
        self._system: System | None = None
        self._keys = map("{}".format, count(1))
        self._tables: Tables = {}

    def feed(self, path: Path, *, by: str) -> intake.Report:  # noqa: ARG002 (over REST the key says who feeds)
        """Send a file of masters as one batch."""
        answer = self._send(path.name, list(cells_of(path).values()))
        counts = {name: answer[name] for name in ("accepted", "known", "refused", "warned")}
        return intake.Report(file=path.name, format=code_of(path), **counts)

    def begin(self, path: Path) -> None:
        """Keep the rows of a file of messages at hand."""
        self._tables[path.name] = cells_of(path)

    def keep(self, path: Path, remarks: Sequence[Refusal | Doubt]) -> None:
        """Send the rows that a file is refused for, which must be refused here for just the same.

        Rows with a cell too many are left out: they cannot be said in JSON.
        """
        refused = [one for one in remarks if isinstance(one, Refusal) and one.column]
        rows = [self._tables[path.name][number] for number in dict.fromkeys(one.row for one in refused)]
        told = self._send(path.name, rows)["rows"] if rows else []
        faults = [(fault["column"], fault["value"], fault["rule"]) for row in told for fault in row["errors"]]
        assert faults == [(one.column, one.value, one.rule) for one in refused]

    def take(self, messages: Sequence[Accepted], *, by: str) -> None:  # noqa: ARG002
        """Send messages in their order: as many of a kind as come behind one another in a batch."""
        for _, together in groupby(messages, key=lambda message: type(message.values)):
            part = list(together)
            self._send(part[0].file, [self._tables[message.file][message.row] for message in part])

    def close(self, *, by: str) -> list[intake.Report]:  # noqa: ARG002
        """Return nothing: each batch was answered at once."""
        return []

    def _send(self, file: str, rows: Sequence[Cells]) -> Any:
        if self._system is None:
            self._system = System(_key())
        code, key = code_of(Path(file)), {"Idempotency-Key": next(self._keys)}
        first, second = (self._system.send(code, rows, **key) for _ in range(2))
        assert (first.status_code, content(second)) == (200, content(first))
        assert second["Idempotent-Replayed"] == "true"
        return said(first)


def _key() -> str:
    expires_at = clock.now() + timedelta(days=365)
    return exchange.issue_key(holder="kernsystem", scopes=tuple(Scope), expires_at=expires_at, by="operator").text


class Gdv(Files):
    """Feed confirmations and applications as GDV records, everything else as files: no record is made for it.

    Each insurer bears the number of its place; an application is a contract with a number of its own.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._numbers = count(1)
        self._insurers: dict[str, str] = {}
        self._tables: Tables = {}

    def feed(self, path: Path, *, by: str) -> intake.Report:
        """Feed a file, confirmations as records; carriers get their numbers, without which records mean nothing."""
        if path.stem == "evb":
            return self._feed(map(self._confirmed, cells_of(path).values()), by=by)
        report = super().feed(path, by=by)
        if path.stem == "carriers":
            self._number_insurers([cells["code"] for cells in cells_of(path).values()])
        return report

    def begin(self, path: Path) -> None:
        """Begin with a file of messages, and keep its rows at hand."""
        super().begin(path)
        self._tables[path.name] = cells_of(path)

    def take(self, messages: Sequence[Accepted], *, by: str) -> None:
        """Take messages in their order, applications as records."""
        for kind, together in groupby(messages, key=lambda message: type(message.values)):
            part = list(together)
            if kind is ApplicationRow:
                self._feed((self._applied(self._tables[one.file][one.row]) for one in part), by=by)
            else:
                super().take(part, by=by)

    def _number_insurers(self, codes: Sequence[str]) -> None:
        for number, code in enumerate(codes, start=9001):
            self._insurers[code] = str(number)
            agencies.set_carrier_software(
                code, company_number=str(number), own_id_as_policy_number=False, tells_endings=False, by="operator"
            )

    def _confirmed(self, cells: Cells) -> Iterator[str]:
        head = self._head(agency=cells["agency"], insurer=self._insurers[cells["carrier"]])
        name, first_name = _as_fields(cells["policyholder_name"])
        yield gdv_records.address(
            name,
            first_name,
            gdv_records.Place(**{part: cells[f"policyholder_{part}"] for part in ("street", "postcode", "city")}),
            **head,
        )
        yield gdv_records.confirmation(
            cells["number"],
            begins_on=_day(cells["issued_on"]),
            valid_until=_day(cells["valid_until"]),
            kind={"single": "1", "permanent": "2"}[cells["kind"]],
            **head,
        )

    def _applied(self, cells: Cells) -> Iterator[str]:
        head = self._head(agency=cells["agency"], insurer="9001")
        moment = datetime.fromisoformat(cells["received_at"])
        yield from gdv_records.contract(clock.german_day(moment), **head)
        yield from gdv_records.vehicle(vin=cells["vin"], plate=cells["plate"], evb=cells["evb"], **head)

    def _head(self, *, agency: str, insurer: str) -> dict[str, str]:
        return {"agency": agency, "insurer": insurer, "contract": f"{next(self._numbers):08}"}

    def _feed(self, contracts: Iterator[Iterator[str]], *, by: str) -> intake.Report:
        path = self._folder / f"lieferung-{next(self._numbers)}.gdv"
        records = [record for contract in contracts for record in contract]
        path.write_bytes(gdv_records.content(gdv_records.opening(), *records, gdv_records.ending()))
        return intake.feed(path, by=by)


def _as_fields(name: str) -> tuple[str, str]:
    """Return last and first name, or the whole name alone where one of them is too long for its field."""
    first_name, _, last_name = name.rpartition(" ")
    return (last_name, first_name) if max(len(first_name), len(last_name)) <= _LONGEST_NAME else (name, "")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
