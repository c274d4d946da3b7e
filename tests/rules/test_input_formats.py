"""Formats: the published columns, their examples, and what a row's cells must obey together."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermittlerpost.intake import reading
from vermittlerpost.intake.formats import FORMATS, IN_FEEDING_ORDER
from vermittlerpost.intake.rules.cells import written
from vermittlerpost.intake.rules.inputs import Format, Row, differing_columns, fingerprint

COLUMNS = {
    "carriers": "code, name, legal_name, sender_street, sender_postcode, sender_city, process",
    "firms": "id, name, self_service",
    "agencies": (
        "number, parent, firm, name, street, postcode, city, state, electronic_from, electronic_until, "
        "contact_name, contact_email, contact_phone"
    ),
    "users": ("login_id, firm, name, email, administrator, technical, rights, assigned_agencies, active"),
    "preferences": "login_id, category, choice",
    "evb": (
        "number, carrier, agency, policyholder_name, policyholder_street, policyholder_postcode, "
        "policyholder_city, issued_on, valid_until, kind"
    ),
    "notices": (
        "message_id, received_at, kind, evb, plate, season, vin, hsn, tsn, keeper_name, keeper_street, "
        "keeper_postcode, keeper_city, registered_on, authority"
    ),
    "applications": "application_id, received_at, evb, plate, vin, agency",
    "documents": "document_id, received_at, category, agency, title",
    "print_receipts": "batch, pdf_sha256, letters, received_at, printed_at",
    "returns": "letter, returned_on, reason",
}

MAY_BE_EMPTY = {
    "carriers": "",
    "firms": "",
    "agencies": "parent, electronic_from, electronic_until",
    "users": "email, rights, assigned_agencies",
    "preferences": "",
    "evb": "valid_until",
    "notices": "evb, season, vin, hsn, tsn, registered_on, authority",
    "applications": "evb, plate, vin, agency",
    "documents": "",
    "print_receipts": "printed_at",
    "returns": "",
}

every_format = pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))


def example(form: Format) -> Row:
    return form.row(**{column.name: column.cell.read(column.example) for column in form.columns})


@every_format
def test_a_format_has_the_published_columns(form: Format) -> None:
    assert ", ".join(column.name for column in form.columns) == COLUMNS[form.code]
    assert ", ".join(c.name for c in form.columns if c.may_be_empty) == MAY_BE_EMPTY[form.code]


@every_format
def test_a_format_is_named_like_its_file_and_its_key_is_on_the_row(form: Format) -> None:
    assert FORMATS[form.code] is form
    assert len(form.identity(example(form))) == len(form.key)


@every_format
def test_the_examples_of_a_format_make_a_row_that_obeys_it(form: Format) -> None:
    row = example(form)
    assert [check.rule for check in form.checks if not check.holds(row)] == []


@every_format
def test_an_empty_cell_becomes_a_value_that_is_written_as_one(form: Format) -> None:
    assert [c.name for c in form.columns if c.may_be_empty and written(c.empty)] == []


def test_what_is_named_is_fed_before_what_names_it() -> None:
    order = [form.code for form in IN_FEEDING_ORDER]
    assert order == list(COLUMNS)
    assert len({form.order for form in IN_FEEDING_ORDER}) == len(order)


NAMES = [
    ("notices.csv", "notices"),
    ("notices-2026-03.csv", "notices"),  # several notices are one
    ("Notices_2.JSON", "notices"),  # case does not matter
    ("evb.jsonl", "evb"),
    ("documents.ndjson", "documents"),
    ("evb2.csv", None),  # only notices may be several
    ("notices.txt", None),
    ("notices.csv.bak", None),
    ("notices", None),
    (".csv", None),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_file_is_recognised_by_its_name(name: str, code: str | None) -> None:
    form = reading.recognise(Path(name))
    assert (form.code if form else None) == code


def broken(code: str, **values: Any) -> list[str]:
    form = FORMATS[code]
    row: Any = example(form)
    return [check.column for check in form.checks if not check.holds(replace(row, **values))]


BROKEN = [
    ("notices", {"evb": ""}, []),  # the VIN is left
    ("notices", {"vin": ""}, []),  # the eVB is left
    ("notices", {"evb": "", "vin": ""}, ["evb"]),
    ("applications", {"evb": "", "vin": ""}, []),  # the plate is left
    ("applications", {"evb": "", "plate": "", "vin": ""}, ["evb"]),
    ("agencies", {"parent": "004711"}, ["parent"]),  # its own parent
    ("agencies", {"electronic_from": None}, ["electronic_until"]),  # an end without a beginning
    ("agencies", {"electronic_until": None}, []),  # a beginning without an end
    ("agencies", {"electronic_from": None, "electronic_until": None}, []),
    ("agencies", {"electronic_until": date(2026, 1, 1)}, []),  # both days are included: one day
    ("agencies", {"electronic_until": date(2025, 12, 31)}, ["electronic_until"]),
    ("evb", {"valid_until": date(2026, 2, 2)}, []),  # one day
    ("evb", {"valid_until": date(2026, 2, 1)}, ["valid_until"]),
    ("evb", {"valid_until": None}, []),
]


@pytest.mark.parametrize(("code", "values", "columns"), BROKEN)
def test_cells_must_fit_together(code: str, values: dict[str, object], columns: list[str]) -> None:
    assert broken(code, **values) == columns


def test_a_withdrawal_is_another_thing_than_the_notice_whose_id_it_bears() -> None:
    form = FORMATS["notices"]
    notice: Any = example(form)
    assert form.identity(notice) != form.identity(replace(notice, kind="withdrawn"))
    assert form.identity(notice) == form.identity(replace(notice, kind="deregistration"))


@given(st.sampled_from([c.name for c in FORMATS["notices"].columns]), st.text("ABC", min_size=1))
def test_another_content_has_another_fingerprint_and_its_column_is_named(name: str, value: str) -> None:
    stored: Any = example(FORMATS["notices"])
    row = replace(stored, **{name: value})
    assert differing_columns(stored, row) == (() if row == stored else (name,))
    assert (fingerprint(stored) == fingerprint(row)) is (row == stored)


def test_the_same_content_in_another_spelling_has_the_same_fingerprint() -> None:
    columns = {column.name: column for column in FORMATS["applications"].columns}
    stored: Any = example(FORMATS["applications"])
    spelled = {"received_at": "2026-03-20T10:02:30Z", "evb": "nl7k 2p9", "plate": "k wb4444"}
    row = replace(stored, **{name: columns[name].cell.read(text) for name, text in spelled.items()})
    assert differing_columns(stored, row) == ()
    assert fingerprint(stored) == fingerprint(row)
