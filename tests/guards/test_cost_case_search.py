"""What the search for a case costs in pages that PostgreSQL touches, however many cases there are."""

from collections.abc import Callable
from functools import partial

import pytest
from benchmarks import days, open_cases
from benchmarks.open_cases import Due
from benchmarks.reading import pages_touched
from django.db import connection
from tests import acts, cast

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries
from vermittlerpost.cases.queries import Place, Sought

pytestmark = pytest.mark.usefixtures("stage")

FEW, MANY = 1_000, 20_000
ONE_MORE_LEVEL_OF_EACH_INDEX = 1.5
SOUGHT: dict[str, Callable[[], Sought]] = {
    "its own id": lambda: Sought(text=acts.intake_case("Z-1")),
    "VIN": lambda: Sought(text=acts.VIN),
    "eVB": lambda: Sought(text=acts.OTHER_EVB),
    "plate": lambda: Sought(text=acts.PLATE, plate_key="KWB4444"),
    "policyholder": lambda: Sought(text="quast"),
    "nobody": lambda: Sought(text="xaver"),
}


def fill(first: int, last: int) -> None:
    """Let so many cases be open in all agencies, and let PostgreSQL know."""
    open_cases.insert([Due(count=last - first, at=days.morning(0), came_in=[days.came_in(0)])], after=first)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('cases_by_name')")
        cursor.execute("ANALYZE cases_case, cases_plate")
        # Tables as small as a test can make are cheapest to read as a whole; those of an installation never are.
        cursor.execute("SET LOCAL enable_seqscan = off")


def pages() -> dict[str, int]:
    """Return how many pages each search touches that Carla makes."""
    user = agencies.user(cast.CARLA)

    def asks(sought: Sought) -> Callable[[], object]:
        return partial(queries.found_in_scope, user, sought, state="", agency="", after=Place(), limit=51)

    return {name: pages_touched(asks(sought()), "cases_case") for name, sought in SOUGHT.items()}


def test_a_search_touches_as_many_pages_among_many_cases_as_among_few() -> None:
    acts.confirm(acts.OTHER_EVB, policyholder_name="Zacharias Quast")
    acts.register(evb=acts.OTHER_EVB)
    fill(0, FEW)
    among_few = pages()
    fill(FEW, MANY)
    grown = {name: (among_few[name], many) for name, many in pages().items()}
    assert all(many <= ONE_MORE_LEVEL_OF_EACH_INDEX * few for few, many in grown.values()), grown
