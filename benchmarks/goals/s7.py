"""The mailbox: what a page costs does not depend on how many letters there are."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median
from urllib.parse import quote

from django.db import connection

from benchmarks import days, ground, mailboxes, processor_time
from benchmarks.measuring import Finding, Goal, Line, Run
from benchmarks.visiting import EMPTY, MAILBOX, visitor
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import Criteria, Cursor, Sort, Standing

ROUNDS = 5
VISITS = 10
"""Of each page in a round; processors are counted in hundredths of a second."""

_UNTIL = days.morning(0)
_PAGE = 50
_FAR_PAGE = 2000
_AT_ROW = """
    SELECT provided_at, letter_id FROM delivery_mailboxentry WHERE agency_id = ANY (%s)
    ORDER BY provided_at DESC, letter_id DESC OFFSET %s LIMIT 1
"""
_LETTERS_OF = "SELECT count(*) FROM delivery_mailboxentry WHERE agency_id = %s"


@dataclass(frozen=True, kw_only=True)
class Tour:
    """The pages that one user visits, by what they show, in a database."""

    database: str
    login_id: str
    addresses: Mapping[str, str]

    def costs(self) -> dict[str, float]:
        """Return how many milliseconds processors worked for each page, those of the database among them."""
        ground.enter(self.database)
        get = visitor(self.login_id)
        return {name: _cost(partial(get, address)) for name, address in self.addresses.items()}


def measure(run: Run) -> Iterator[Line]:
    """Visit the same pages among few and among many letters in turn, for firms of some sizes."""
    few, many = run.sized(10_000), run.sized(1_000_000)
    small = ground.database("bench_s7_small", like=ground.EMPTY, fill=partial(_fill, few))
    big = ground.database("bench_s7_big", like=ground.EMPTY, fill=partial(_fill, many))
    yield f"{many:,} letters against {few:,}; milliseconds of processor time for a page, through the whole web stack"
    with small as among_few, big as among_many:
        for size in mailboxes.SCOPES:
            # Few letters may be too few to fill a page of one agency; among many it is to show as many.
            rows = min(_PAGE, few // 4 // size)
            yield from _compared(size, _tour(among_few, size, few, rows), _tour(among_many, size, many, rows))


def _fill(letters: int) -> None:
    mailboxes.enter()
    mailboxes.fill(letters, _UNTIL)


def _compared(size: int, small: Tour, big: Tour) -> Iterator[Line]:
    rounds = [(small.costs(), big.costs()) for _ in range(ROUNDS)]
    costs = {
        name: (median(few[name] for few, _ in rounds), median(many[name] for _, many in rounds))
        for name in small.addresses
    }
    empty = costs.pop("nothing")[1]
    for name, (few, many) in costs.items():
        yield f"{size:>5,} agencies, {name}: {many:.1f} ms against {few:.1f} ms, × {many / few:.2f}"
    worst = max(costs, key=lambda name: costs[name][1] / costs[name][0])
    slowest = max(costs, key=lambda name: costs[name][1])
    yield Finding(
        what=f"{size:,} agencies, dearest among many letters against among few ({worst})",
        measured=costs[worst][1] / costs[worst][0], goal=1.2, is_ceiling=True,
    )  # fmt: skip
    yield Finding(
        what=f"{size:,} agencies, rate of the slowest page ({slowest}) against that of an empty view",
        measured=100 * empty / costs[slowest][1], goal=15, unit="%",
    )  # fmt: skip


def _tour(database: str, size: int, letters: int, rows_of_agency: int) -> Tour:
    ground.enter(database)
    login_id = mailboxes.login_of(size)
    user = agencies.user(login_id)
    row = delivery.mailbox(user, Criteria(standing=Standing.ALL), Sort.NEWEST, limit=_PAGE).rows[-1]
    deep = min(_FAR_PAGE * _PAGE, letters // 8)
    scope, one = [f"{size}-{n}" for n in range(size)], f"{size}-0"
    end = _letters_of(one) - rows_of_agency - 1
    return Tour(
        database=database,
        login_id=login_id,
        addresses={
            "nothing": EMPTY,
            "first page": MAILBOX,
            "by due date": f"{MAILBOX}?ordnung=frist",
            "unread": f"{MAILBOX}?zustand=ungelesen",
            "done": f"{MAILBOX}?zustand=erledigt",
            "last reminders": f"{MAILBOX}?dringlichkeit=letzte",
            "of one agency": f"{MAILBOX}?zustand=alle&agentur={one}&ab={_place([one], end)}",
            "search for a plate": f"{MAILBOX}?suche={quote(row.plate)}",
            "search for a name": f"{MAILBOX}?suche={quote(row.policyholder)}",
            f"page {_FAR_PAGE:,}": f"{MAILBOX}?zustand=alle&ab={_place(scope, deep)}",
            "badge alone": "/kontakt/",
        },
    )


def _letters_of(agency: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS_OF, [agency])
        (number,) = cursor.fetchone()
    return int(number)


def _place(scope: list[str], row: int) -> str:
    """Return the place behind a row of a list, as an address names it; that before its first row is the beginning."""
    if row < 0:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_AT_ROW, [scope, row])
        key, letter = cursor.fetchone()
    assert isinstance(key, datetime)
    return quote(str(Cursor(key=key, letter=letter)))


def _cost(visit: partial[bytes]) -> float:
    visit()
    before = time.process_time() + processor_time.of_database()
    for _ in range(VISITS):
        visit()
    return 1000 * (time.process_time() + processor_time.of_database() - before) / VISITS


GOAL = Goal(title="Mailbox: pages, filters and searches, however many letters there are", measure=measure)
