"""The stage that is put up from rows is the one on which the cast entered by itself."""

import re

import pytest
from django.db import transaction
from tests import staging

MOMENT = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+\d\d")
HASH = re.compile(rb"\\\\x[0-9a-f]{64}")
NO_PASSWORD = re.compile(rb"![0-9A-Za-z]{40}")
COUNTED = re.compile(rb"(?<![^\t\n])\d+(?![^\t\n])")


def shapes() -> dict[str, list[bytes]]:
    """Return all rows, but for what is another each time: moments, hashes over them, and what sequences counted."""
    return {table: sorted(_shape(rows).splitlines()) for table, rows in staging.taken().items()}


def _shape(rows: bytes) -> bytes:
    for differing in (MOMENT, HASH, NO_PASSWORD, COUNTED):
        rows = differing.sub(b"*", rows)
    return rows


@pytest.mark.django_db
def test_what_is_put_up_is_what_is_acted() -> None:
    found = []
    for enter in (staging.act, staging.set_up, staging.set_up):
        with transaction.atomic():
            enter()
            found.append(shapes())
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]
    assert {"agencies_user", "agencies_agency", "journal_entry", "journal_chain"} <= found[0].keys()
