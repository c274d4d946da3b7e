"""The mailbox as a list: whatever its length, a page reads hardly more rows than it shows.

Every agency has its letters in the order of the list, so only those agencies can contribute to a page whose first
letter behind the cursor is among the first ones of all, and none of them with a letter behind the last of these.
Whoever sees very many agencies probably sees much of what came last: then the letters of all are walked through before
the agencies are, but no further than asking each agency would cost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from django.db import connection, transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.delivery.queries.entries import scope_of
from vermittlerpost.delivery.rules import Criteria, Cursor, Page, Row, Sort, Standing, sought
from vermittlerpost.lib import bulk, clock

_ROWS_AT_ONCE = 1000
_AGENCIES_TO_WALK_FOR = 4
"""From so many agencies on for each letter of a page the walk is tried first."""
_EVERYTHING_OPEN = Criteria()

_BROWSING = """
    WITH heads AS MATERIALIZED (
        SELECT scope.agency, head.key, head.letter_id, row_number() OVER (ORDER BY {order}) AS place
        FROM unnest(%(agencies)s::varchar[]) AS scope (agency) CROSS JOIN LATERAL (
            SELECT {key} AS key, letter_id FROM delivery_mailboxentry
            WHERE agency_id = scope.agency AND {conditions} ORDER BY {order_of_entries} LIMIT 1
        ) AS head ORDER BY place LIMIT %(enough)s
    ), listed AS (
        SELECT entry.* FROM heads CROSS JOIN LATERAL (
            SELECT {key} AS key, * FROM delivery_mailboxentry
            WHERE agency_id = heads.agency AND {conditions} AND ({key}, letter_id) {until} (
                coalesce((SELECT key FROM heads WHERE place = %(enough)s), {far}),
                coalesce((SELECT letter_id FROM heads WHERE place = %(enough)s), ''))
            ORDER BY {order_of_entries} LIMIT %(enough)s
        ) AS entry ORDER BY {order} LIMIT %(enough)s
    )
"""
_WALKING = """
    WITH listed AS (
        SELECT * FROM (
            SELECT {key} AS key, * FROM delivery_mailboxentry WHERE {behind} ORDER BY {order_of_entries} LIMIT %(bound)s
        ) AS walked WHERE agency_id = ANY (%(agencies)s::varchar[]) AND {conditions} ORDER BY {order} LIMIT %(enough)s
    )
"""
# Apart from all other conditions, so that the words are looked up whatever the planner thinks of the rest.
_SEARCHING = """
    WITH found AS MATERIALIZED (
        SELECT {key} AS key, entry.* FROM unnest(%(words)s::text[]) AS asked (words)
        JOIN delivery_mailboxentry AS entry ON entry.words @@ asked.words::tsquery
    ), listed AS (
        SELECT * FROM found WHERE agency_id = ANY (%(agencies)s::varchar[]) AND {conditions}
        ORDER BY {order} LIMIT %(enough)s
    )
"""
_UNACKNOWLEDGED = """
    letter_id IN (SELECT letter_id FROM delivery_shipment WHERE agency_id = ANY (%(agencies)s::varchar[])
        AND acknowledged_at IS NULL AND available_until >= %(today)s)
"""
# By what waits for the software, which an index has: among letters that it took long ago there may be few of them.
_GATHERING = """
    WITH found AS MATERIALIZED (
        SELECT {key} AS key, entry.* FROM delivery_mailboxentry AS entry WHERE {gathered}
    ), listed AS (
        SELECT * FROM found WHERE agency_id = ANY (%(agencies)s::varchar[]) AND {conditions}
        ORDER BY {order} LIMIT %(enough)s
    )
""".replace("{gathered}", _UNACKNOWLEDGED)
_SHOWING = """
    SELECT listed.letter_id, listed."case", listed.agency_id, agency.name, listed.carrier_id, listed.kind, listed.level,
        listed.urgency, listed.category, listed.due_on, listed.plate, listed.policyholder, listed.provided_at,
        listed.read_at, listed.done_on, listed.done_reason, coalesce(colleague.name, ''), shipment.fetched_at,
        shipment.acknowledged_at, listed.key
    FROM listed JOIN agencies_agency AS agency ON agency.number = listed.agency_id
    LEFT JOIN agencies_user AS colleague ON colleague.id = listed.assignee_id
    LEFT JOIN delivery_shipment AS shipment ON shipment.id = listed.letter_id
    ORDER BY {order}
"""
_BEHIND = "({key}, letter_id) {beyond} (%(key)s, %(letter)s)"
_STANDING = {
    Standing.OPEN: "done_on IS NULL",
    Standing.UNREAD: "read_at IS NULL AND done_on IS NULL",
    Standing.READ: "read_at IS NOT NULL AND done_on IS NULL",
    Standing.DONE: "done_on IS NOT NULL",
    Standing.ALL: "true",
}


@dataclass(frozen=True, kw_only=True)
class _Order:
    """How SQL orders the list: by what, which way, and what lies beyond every letter that way."""

    key: str
    descends: bool
    far: str

    def turned(self) -> "_Order":
        far = {"'infinity'": "'-infinity'", "'-infinity'": "'infinity'"}[self.far]
        return replace(self, descends=not self.descends, far=far)

    def words(self) -> dict[str, str]:
        """Return the fragments that statements are made of."""
        way = " DESC" if self.descends else ""
        return {
            "key": self.key,
            "order": f"key{way}, letter_id{way}",
            "order_of_entries": f"{self.key}{way}, letter_id{way}",
            "beyond": "<" if self.descends else ">",
            "until": ">=" if self.descends else "<=",
            "far": self.far,
        }


_ORDERS = {
    Sort.NEWEST: _Order(key="provided_at", descends=True, far="'-infinity'"),
    Sort.DUE: _Order(key="coalesce(due_on, '9999-12-31'::date)", descends=False, far="'infinity'"),
}


def mailbox(
    user: User,
    criteria: Criteria = _EVERYTHING_OPEN,
    sort: Sort = Sort.NEWEST,
    *,
    after: Cursor | None = None,
    limit: int = 50,
) -> Page:
    """Return a page of the letters that a user may see, from a place on; `limit` is the number of its rows."""
    return _page(_within(scope_of(user), criteria), criteria, sort, after, limit)


def everything(user: User, criteria: Criteria, sort: Sort) -> Iterator[Row]:
    """Yield every row that the pages of a list have, for files; few of them are in memory at once."""
    scope = _within(scope_of(user), criteria)
    page = _page(scope, criteria, sort, None, _ROWS_AT_ONCE)
    yield from page.rows
    while page.next:
        page = _page(scope, criteria, sort, page.next, _ROWS_AT_ONCE)
        yield from page.rows


def _within(scope: Sequence[str], criteria: Criteria) -> list[str]:
    return [agency for agency in scope if criteria.agency in {"", agency}]


def _page(scope: Sequence[str], criteria: Criteria, sort: Sort, after: Cursor | None, limit: int) -> Page:
    if not scope:
        return Page()
    order = _ORDERS[criteria.order(sort)]
    words = (order.turned() if after and after.backwards else order).words()
    conditions, parameters = _conditions(criteria, after, words)
    parameters |= {"agencies": bulk.array(scope), "enough": limit + 1, "today": clock.today()}
    if criteria.terms:
        parameters["words"] = bulk.array(sought(agency, criteria.terms) for agency in scope)
        found = _look_up(_SEARCHING, conditions, words, parameters)
    elif criteria.unacknowledged:
        found = _look_up(_GATHERING, conditions, words, parameters)
    else:
        found = _browse(conditions, words, parameters | {"bound": _bound(scope, criteria, sort, limit)})
    return _cut([_row(columns) for columns in found], after, limit)


def _look_up(statement: str, conditions: str, words: Mapping[str, str], parameters: Mapping[str, Any]) -> list[Any]:
    return bulk.fetch((statement + _SHOWING).format(conditions=conditions, **words), parameters)


def _bound(scope: Sequence[str], criteria: Criteria, sort: Sort, limit: int) -> int:
    """Return how many letters of all agencies are worth walking through, 0 if it is no use to try.

    Each costs about a third of what asking an agency costs. There is no order of all by due date, and what is done
    lies behind what is open.
    """
    is_of_use = criteria.order(sort) is Sort.NEWEST and criteria.standing is not Standing.DONE
    return len(scope) if is_of_use and len(scope) >= _AGENCIES_TO_WALK_FOR * (limit + 1) else 0


@transaction.atomic
def _browse(conditions: str, words: Mapping[str, str], parameters: Mapping[str, Any]) -> list[Any]:
    _read_in_order()
    if parameters["bound"]:
        behind = _BEHIND.format(**words) if parameters["key"] else "true"
        found = bulk.fetch((_WALKING + _SHOWING).format(conditions=conditions, behind=behind, **words), parameters)
        if len(found) == parameters["enough"]:
            return found
    return bulk.fetch((_BROWSING + _SHOWING).format(conditions=conditions, **words), parameters)


def _read_in_order() -> None:
    """Let the planner follow the order of an index: it knows the size of the average agency only.

    Where it takes a big one for small, it would read all of its letters and sort them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")


def _conditions(criteria: Criteria, after: Cursor | None, words: dict[str, str]) -> tuple[str, dict[str, Any]]:
    wanted = {
        "category = %(category)s": ("category", criteria.category),
        "urgency = %(urgency)s": ("urgency", criteria.urgency),
        "carrier_id = %(carrier)s": ("carrier", criteria.carrier),
        "kind = %(kind)s": ("kind", criteria.kind),
        "assignee_id = %(assignee)s": ("assignee", criteria.assignee),
        "provided_at >= %(since)s": ("since", criteria.since and clock.german_moment(criteria.since, time.min)),
        "provided_at < %(before)s": ("before", _day_after(criteria)),
        _BEHIND.format(**words): ("key", after and after.key),
    }
    chosen = {condition: pair for condition, pair in wanted.items() if pair[1]}
    if criteria.terms and criteria.unacknowledged:
        chosen[_UNACKNOWLEDGED] = ("unacknowledged", True)
    return (
        " AND ".join([_STANDING[criteria.standing], *chosen]),
        {"key": None, **dict(chosen.values()), "letter": after and after.letter},
    )


def _day_after(criteria: Criteria) -> datetime | None:
    return clock.german_moment(clock.day_after(criteria.until), time.min) if criteria.until else None


def _row(columns: Sequence[Any]) -> Row:
    names = (
        "letter", "case", "agency", "agency_name", "carrier", "kind", "level", "urgency", "category", "due_on", "plate",
        "policyholder", "provided_at", "read_at", "done_on", "done_reason", "assignee", "fetched_at",
        "acknowledged_at", "key",
    )  # fmt: skip
    return Row(**dict(zip(names, columns, strict=True)))


def _cut(rows: list[Row], after: Cursor | None, limit: int) -> Page:
    """Make a page of rows of which one more may have been asked for than it shows."""
    has_more, shown = len(rows) > limit, rows[:limit]
    is_backwards = after is not None and after.backwards
    if is_backwards:
        shown.reverse()
    goes_on, came_from = (after is not None, has_more) if is_backwards else (has_more, after is not None)
    if not shown:
        return Page()
    return Page(
        rows=tuple(shown),
        next=Cursor(key=shown[-1].key, letter=shown[-1].letter) if goes_on else None,
        previous=Cursor(key=shown[0].key, letter=shown[0].letter, backwards=True) if came_from else None,
    )
