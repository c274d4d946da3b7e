"""The records of one contract, from which a confirmation and an application are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.intake.reading.gdv.layout import (
    ADDRESS,
    APPLICATION_FIELDS,
    CONTRACT,
    CONTRACT_2,
    EVB,
    EVB_FIELDS,
    LINE_OF_BUSINESS,
    MOTOR,
    POLICYHOLDER,
    ROLE,
    VEHICLE,
    VEHICLE_2,
    Field,
)
from vermittlerpost.intake.reading.gdv.records import Record
from vermittlerpost.intake.reading.results import Accepted, Outcome, Place, Refusal, Source
from vermittlerpost.intake.reading.rows import RowReader

_OF_AN_APPLICATION = (CONTRACT, CONTRACT_2, VEHICLE, VEHICLE_2)
_TWICE = "Diesen Satz gibt es in dem Vertrag mehrmals; gelesen wird nur der erste."

Fields = Mapping[str, tuple[Field, ...]]


@dataclass(kw_only=True)
class Contract:
    """What is read of one contract, the opening record of its parcel among it; an address is that of the policyholder.

    There may be several confirmations; of every other sort of record the first counts.
    """

    opening: Record
    confirmations: list[Record] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)

    def add(self, record: Record, source: Source) -> Refusal | None:
        """Keep a record if something is read of it; refuses one that would push out another."""
        if record.sort == EVB:
            self.confirmations.append(record)
        elif record.sort == ADDRESS:
            if ADDRESS not in self.records or _is_policyholders(record):
                self.records[ADDRESS] = record
        elif record.sort in _OF_AN_APPLICATION:
            if record.sort in self.records:
                return source.refuse(record.number, _TWICE, column=f"Satz {record.sort}")
            self.records[record.sort] = record
        return None


def _is_policyholders(record: Record) -> bool:
    return ROLE.of(record.text) == POLICYHOLDER


class ContractReader:
    """Read the rows of contracts by the rules of the formats for confirmations and applications."""

    def __init__(self, source: Source) -> None:
        self._evb, self._application = (
            RowReader(form, source, form.columns) for form in (FORMATS["evb"], FORMATS["applications"])
        )

    def read(self, contract: Contract) -> Iterator[Outcome]:
        """Yield the confirmations of a contract, and its application: one that only confirms cover has none."""
        known = contract.records | {contract.opening.sort: contract.opening}
        for record in contract.confirmations:
            yield from _row(self._evb, EVB_FIELDS, record, {**known, EVB: record})
        if _has_application(contract):
            main = next(known[sort] for sort in _OF_AN_APPLICATION if sort in known)
            of_evb = {EVB: contract.confirmations[0]} if contract.confirmations else {}
            yield from _row(self._application, APPLICATION_FIELDS, main, {**known, **of_evb})


def _has_application(contract: Contract) -> bool:
    found = [contract.records[sort] for sort in _OF_AN_APPLICATION if sort in contract.records]
    if not any(LINE_OF_BUSINESS.of(record.text) == MOTOR for record in found):
        return False
    dated = any(
        one.of(contract.records[one.record].text)
        for one in APPLICATION_FIELDS["received_at"]
        if one.record in contract.records
    )
    return dated or not contract.confirmations


def _row(reader: RowReader, fields: Fields, main: Record, records: Mapping[str, Record]) -> Iterator[Outcome]:
    filled = {column: _filled(alternatives, main, records) for column, alternatives in fields.items()}
    places = {column: place for column, (_, place) in filled.items()}
    for outcome in reader.read(main.number, [cell for cell, _ in filled.values()]):
        if isinstance(outcome, Accepted):
            yield replace(outcome, places=places)
        else:
            place = places[outcome.column]
            yield replace(outcome, row=place.row, column=place.name)


def _filled(fields: tuple[Field, ...], main: Record, records: Mapping[str, Record]) -> tuple[str, Place]:
    """Return the cell that the first field fills, and where it stands; none is where the first would be."""
    for one in fields:
        record = records.get(one.record) if one.record else main
        if record and (cell := one.of(record.text)):
            return cell, Place(row=record.number, name=one.name)
    return "", Place(row=records.get(fields[0].record, main).number, name=fields[0].name)
