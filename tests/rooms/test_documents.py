"""documents: what else is put before an agency comes through one feed and is announced once (M3, M9)."""

from dataclasses import replace
from typing import Any

import pytest
from tests import acts, cast

from vermittlerpost.documents import queries
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

pytestmark = pytest.mark.usefixtures("stage")

STATEMENT = DocumentRow(
    document_id="DOK-1",
    received_at=acts.moment("2026-02-16 06:30"),
    category="statement_available",
    agency=cast.BONN,
    title="Abrechnung Januar",
)


def put(*rows: DocumentRow) -> list[Verdict]:
    return intake.put_documents(rows, by="feed")


def test_a_document_is_provided_once_and_waits_to_be_announced() -> None:
    assert put(STATEMENT, STATEMENT) == [Accepted(), Known()]
    assert put(STATEMENT) == [Known()]
    assert queries.known(["DOK-1"])["DOK-1"].title == "Abrechnung Januar"
    assert journal.unannounced().get().data == {
        "matter": "DOK-1",
        "category": "statement_available",
        "agency": cast.BONN,
    }
    assert journal.about("document:DOK-1").get().kind == "document.provided"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"agency": "9999"}, "agency"),
        ({"category": "brieftauben"}, "category"),
        ({"category": "urgent_reminders"}, "category"),  # letters alone are that
    ],
)
def test_a_document_for_no_agency_or_no_category_is_refused_and_the_one_beside_it_passes(
    change: dict[str, Any], column: str
) -> None:
    refused, accepted = put(replace(STATEMENT, **change), replace(STATEMENT, document_id="DOK-2"))
    assert isinstance(refused, Objection)
    assert (refused.column, accepted) == (column, Accepted())
    assert set(queries.known(["DOK-1", "DOK-2"])) == {"DOK-2"}


@pytest.mark.parametrize(("column", "value"), [("title", "Anderer Titel"), ("agency", cast.KOELN)])
def test_a_known_number_with_other_content_is_refused_naming_the_column(column: str, value: str) -> None:
    put(STATEMENT)
    change: dict[str, Any] = {column: value}
    [refused] = put(replace(STATEMENT, **change))
    assert isinstance(refused, Objection)
    assert refused.column == column


def test_the_title_of_a_document_is_in_no_journal() -> None:
    put(STATEMENT)
    assert "Abrechnung Januar" not in str(journal.about("document:DOK-1").get().data)
