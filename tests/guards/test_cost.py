"""What work costs, in counts that a busy machine cannot blur: SQL statements, and pages that PostgreSQL touches."""

from datetime import timedelta
from pathlib import Path

import pytest
from benchmarks import days, open_cases
from benchmarks.claiming import buffers_per_case
from benchmarks.feeding import BY, feed_evbs, feed_market, write
from benchmarks.market import Market, notices
from benchmarks.open_cases import Due
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vermittlerpost.intake import actions as intake
from vermittlerpost.lib import clock

MARKET = Market(firms=10)
MORNING = days.morning(0)
CAME_IN = [days.came_in(0)]
NEXT_YEAR = MORNING + timedelta(days=365)

STATEMENTS_PER_THOUSAND = 20
CLAIMED_AT_ONCE = 500
ONE_MORE_LEVEL_OF_EACH_INDEX = 1.3


def statements(numbers: range, folder: Path) -> int:
    """Return how many statements the import of these notices takes."""
    file = write(folder / f"notices-{numbers.start}.csv", notices(numbers, days.received(0)))
    with CaptureQueriesContext(connection) as captured:
        report = intake.feed(file, by=BY)
    assert report.accepted == len(numbers)
    return len(captured)


def pages_per_due_case() -> float:
    """Return how many pages the claim of due cases touches for each of them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_deadline, agencies_agency, agencies_carrier")
        # Tables as small as a test can make are cheapest to read as a whole; those of an installation never are.
        cursor.execute("SET LOCAL enable_seqscan = off")
    with clock.turned_to(MORNING):
        return buffers_per_case(CLAIMED_AT_ONCE)


@pytest.mark.django_db
def test_each_further_thousand_notices_take_at_most_twenty_statements(tmp_path: Path) -> None:
    feed_market(MARKET)
    feed_evbs(MARKET, range(3000))
    thousand, two_thousand = statements(range(1000), tmp_path), statements(range(1000, 3000), tmp_path)
    assert two_thousand - thousand <= STATEMENTS_PER_THOUSAND


@pytest.mark.django_db
def test_a_batch_takes_the_same_statements_however_many_notices_it_holds(tmp_path: Path) -> None:
    feed_market(MARKET)
    feed_evbs(MARKET, range(1010))
    assert statements(range(10), tmp_path) == statements(range(10, 1010), tmp_path)


@pytest.mark.django_db
def test_the_claim_of_a_due_case_costs_the_same_however_many_are_open() -> None:
    feed_market(MARKET)
    open_cases.insert([Due(count=2 * CLAIMED_AT_ONCE, at=MORNING, came_in=CAME_IN)])
    among_few = pages_per_due_case()
    open_cases.insert([Due(count=40 * CLAIMED_AT_ONCE, at=NEXT_YEAR, came_in=CAME_IN)], after=2 * CLAIMED_AT_ONCE)
    assert pages_per_due_case() <= ONE_MORE_LEVEL_OF_EACH_INDEX * among_few
