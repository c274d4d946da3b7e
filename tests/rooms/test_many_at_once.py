"""lib: many rows in one statement arrive as they were, whatever they hold; many texts in one parameter as well."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vermittlerpost.journal.models import Unannounced
from vermittlerpost.lib import bulk

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
NOON = datetime(2026, 2, 16, 12, tzinfo=UTC)
NASTY = ["", "NULL", "null", '"', "\\", '\\"', ",", "{}", "'", "%s", "\t\n\r", "\\N", "Übelacker"]

in_one_transaction = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def come_back(texts: list[str]) -> list[str]:
    """Return texts as PostgreSQL understood them."""
    return [text for (text,) in bulk.fetch("SELECT unnest(%(texts)s::text[])", {"texts": bulk.array(texts)})]


@in_one_transaction
@given(st.lists(TEXTS | st.sampled_from(NASTY), max_size=5))
def test_texts_in_an_array_come_back_as_they_were(texts: list[str]) -> None:
    assert come_back(texts) == texts


def test_texts_that_look_like_something_else_are_texts_in_an_array() -> None:
    assert come_back(NASTY) == NASTY


def test_rows_arrive_as_they_were_whatever_they_hold() -> None:
    rows = [(NOON, text, f"V-{place}", {"said": text, "null": None}, text) for place, text in enumerate(NASTY)]
    bulk.insert(Unannounced, ["at", "kind", "subject", "data", "stuck_reason"], rows)
    assert list(Unannounced.objects.order_by("id").values_list("at", "kind", "subject", "data", "stuck_reason")) == rows
