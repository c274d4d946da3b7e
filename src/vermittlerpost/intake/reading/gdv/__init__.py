"""GDV files (VU-Vermittler): confirmations and applications among the records of contracts."""

from collections.abc import Iterator
from typing import BinaryIO

from vermittlerpost.intake.reading.gdv.contracts import Contract, ContractReader
from vermittlerpost.intake.reading.gdv.layout import ENDING, OPENING
from vermittlerpost.intake.reading.gdv.records import Record, encoding_of, records
from vermittlerpost.intake.reading.results import Outcome, Refusal, Source

NO_OPENING = "Vor diesem Satz fehlt der Vorsatz 0001; das ist kein GDV-Datenpaket."
NO_ENDING = "Hinter diesem Satz fehlt der Nachsatz 9999: Die Datei ist unvollständig; was davor steht, wurde gelesen."
EMPTY = "Die Datei ist leer."


def read(stream: BinaryIO, source: Source) -> Iterator[Outcome]:
    """Yield what becomes of each confirmation and application; a contract at a time is in memory.

    Rows bear the number of their record, refusals that of the record in which something is wrong.
    """
    encoding = encoding_of(stream)
    stream.seek(0)
    yield from _Reading(source).outcomes(records(stream, source, encoding))


class _Reading:
    """The reading of one file: in which parcel and contract it is."""

    def __init__(self, source: Source) -> None:
        self._source, self._reader = source, ContractReader(source)
        self._opening: Record | None = None
        self._contract: Contract | None = None
        self._key = ""

    def outcomes(self, found: Iterator[Record | Refusal]) -> Iterator[Outcome]:
        """Yield what the records say; nothing more once they are outside of any parcel."""
        last = 0
        for record in found:
            if isinstance(record, Refusal):
                last = record.row
                yield record
                continue
            last = record.number
            if self._opening is None and record.sort != OPENING:
                yield self._source.refuse(record.number, NO_OPENING, value=record.text[:4])
                return
            yield from self._read(record)
        yield from self._close()
        if self._opening:
            yield self._source.refuse(last, NO_ENDING)
        elif not last:
            yield self._source.refuse(1, EMPTY)

    def _read(self, record: Record) -> Iterator[Outcome]:
        if record.sort in {OPENING, ENDING}:
            yield from self._close()
            # An opening has several records; the first one says when the file was made.
            self._opening = (self._opening or record) if record.sort == OPENING else None
            return
        if record.contract != self._key or self._contract is None:
            yield from self._close()
            self._key, self._contract = record.contract, self._begun()
        if refusal := self._contract.add(record, self._source):
            yield refusal

    def _begun(self) -> Contract:
        if self._opening is None:
            raise LookupError("A contract lies in a parcel.")
        return Contract(opening=self._opening)

    def _close(self) -> Iterator[Outcome]:
        contract, self._contract = self._contract, None
        if contract:
            yield from self._reader.read(contract)
