"""What a firm's software finds: whatever it has not acknowledged, and whether it fetches it in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.delivery.models import Delivery, MailboxEntry, Shipment
from vermittlerpost.delivery.queries.entries import scope_of
from vermittlerpost.delivery.rules import BY_POST, Alike, Caller, Content, Detail, Line, Overdue, ShipmentErased, State
from vermittlerpost.letters.rules import Facts
from vermittlerpost.lib import bulk, clock

_AT_ONCE = 2000
_LOOKED_BACK = timedelta(days=14)
"""So long a shipment is watched, so that the watch does not read more every day."""

# The shipments of each agency in the order of an index; a page needs at most a page of each.
_OF_AGENCY = """
    (SELECT id, category, provided_at, acknowledged_at, available_until, content FROM delivery_shipment
    WHERE agency_id = scope.agency AND acknowledged_at IS {taken} AND available_until >= %(today)s{{wanted}}
    ORDER BY provided_at, id LIMIT %(limit)s)
"""
# Letters of one run differ in their ids only: a driver takes longer to read a thousand rows than all else takes.
_ALIKE = """
    SELECT string_agg(id, ' '), max(id), count(*), category, left((provided_at AT TIME ZONE 'Europe/Berlin')::text, 19),
        left((acknowledged_at AT TIME ZONE 'Europe/Berlin')::text, 19), available_until::text, content
    FROM (
        SELECT line.* FROM unnest(%(agencies)s::varchar[]) AS scope (agency) CROSS JOIN LATERAL ({of_agency}) AS line
        ORDER BY provided_at, id LIMIT %(limit)s
    ) AS page
    GROUP BY category, provided_at, acknowledged_at, available_until, content ORDER BY provided_at, max(id)
"""
_NEW = _OF_AGENCY.format(taken="NULL")
_ALL = _NEW + " UNION ALL " + _OF_AGENCY.format(taken="NOT NULL")
_NEW_ALIKE = _ALIKE.format(of_agency=_NEW)
_ALL_ALIKE = _ALIKE.format(of_agency=_ALL)
_OF_CATEGORY = " AND starts_with(category, %(category)s)"
_BEHIND = " AND (provided_at, id) > (%(at)s, %(id)s)"

_WAITING = """
    SELECT {columns} FROM unnest(%(agencies)s::varchar[]) AS scope (agency) CROSS JOIN LATERAL (
        SELECT provided_at FROM delivery_shipment
        WHERE agency_id = scope.agency AND acknowledged_at IS NULL AND available_until >= %(today)s
        ORDER BY provided_at, id LIMIT {limit}
    ) AS of_agency
"""
_NUMBER_AND_OLDEST = "SELECT (SELECT count(*) FROM ({each} LIMIT %(cap)s) AS waiting), ({oldest})"
_UNCOLLECTED = _NUMBER_AND_OLDEST.format(
    each=_WAITING.format(columns="", limit="%(cap)s"), oldest=_WAITING.format(columns="min(provided_at)", limit="1")
)

_OVERDUE = """
    SELECT shipment.letter_id, agency.firm_id, shipment.agency_id, shipment.provided_at, firm.paper_if_uncollected
    FROM delivery_shipment AS shipment
    JOIN delivery_mailboxentry AS entry USING (letter_id)
    JOIN agencies_agency AS agency ON agency.number = shipment.agency_id
    JOIN agencies_firm AS firm ON firm.id = agency.firm_id
    WHERE shipment.urgent AND shipment.fetched_at IS NULL AND shipment.alarmed_at IS NULL
        AND shipment.acknowledged_at IS NULL AND shipment.content = 'letter'
        AND shipment.provided_at BETWEEN %(since)s AND %(until)s AND shipment.agency_id = ANY (%(agencies)s::varchar[])
        AND entry.read_at IS NULL AND entry.done_on IS NULL
"""


def shipments(user: User, *, category: str = "", acknowledged: bool = False) -> Iterator[Line]:
    """Yield what a user's software finds, one by one; for thousands there is `pages_of_shipments`."""
    for page in pages_of_shipments(user, category=category, acknowledged=acknowledged):
        yield from (Line(one, *alike[1:]) for alike in page for one in alike.ids)


def pages_of_shipments(user: User, *, category: str = "", acknowledged: bool = False) -> Iterator[list[Alike]]:
    """Yield what a user's software finds, the oldest first; no more than a page of them is in memory at once.

    `category` is the beginning of one. What is acknowledged already is passed over unless it is asked for, and what
    is available no longer in any case.
    """
    statement, wanted = _ALL_ALIKE if acknowledged else _NEW_ALIKE, _OF_CATEGORY if category else ""
    parameters: dict[str, Any] = {
        "agencies": bulk.array(scope_of(user)),
        "today": clock.today(),
        "category": category,
        "limit": _AT_ONCE,
    }
    while page := bulk.fetch(statement.format(wanted=wanted), parameters):
        yield [Alike(sorted(ids.split(" ")), *common) for ids, _, _, *common in page]
        if sum(number for _, _, number, *_ in page) < _AT_ONCE:
            return
        last = page[-1][1]
        parameters |= {"at": Shipment.objects.values_list("provided_at", flat=True).get(id=last), "id": last}
        wanted = wanted.removesuffix(_BEHIND) + _BEHIND


def shipment(user: User, shipment_id: str) -> Detail | None:
    """Return a shipment that a user's software may fetch; None for an unknown and for a foreign one alike (R8).

    Refuses one whose letter was erased.
    """
    within = Shipment.objects.filter(id=shipment_id, agency__any_of=scope_of(user))
    found = within.select_related("letter__entry", "letter__delivery").first()
    if found is None:
        return None
    if found.letter.erased_on:
        raise ShipmentErased("Das Schreiben der Lieferung {shipment} ist gelöscht.", shipment=shipment_id)
    return _detail(found)


def _detail(found: Shipment) -> Detail:
    letter = found.letter
    return Detail(
        id=found.id,
        letter=letter.id,
        case=letter.case,
        content=Content(found.content),
        category=found.category,
        agency=found.agency_id,
        carrier=letter.carrier_id,
        provided_at=found.provided_at,
        acknowledged_at=found.acknowledged_at,
        available_until=found.available_until,
        done_on=letter.entry.done_on,
        done_reason=letter.entry.done_reason,
        goes_by_post=found.content == Content.LETTER and _goes_by_post(letter.delivery),
        facts=Facts.from_json(letter.facts),
    )


def _goes_by_post(sent: Delivery) -> bool:
    return sent.channel == BY_POST and sent.state != State.WITHDRAWN


def software_of(user: User) -> list[Caller]:
    """Return whose software fetches letters in a user's firm, by login id: technical users, and people who did it.

    The moments of the pick-ups are exact to the minute.
    """
    return [_caller(one) for one in _callers().filter(firm=user.firm_id).order_by("login_id")]


def all_software() -> list[Caller]:
    """Return whose software fetches letters, of all firms, by firm and login id; the same as of one firm."""
    return [_caller(one) for one in _callers().order_by("firm", "login_id")]


def _callers() -> QuerySet[User]:
    return User.objects.filter(Q(technical=True) | Q(pickup__isnull=False)).select_related("pickup")


def _caller(user: User) -> Caller:
    pickup: Any = getattr(user, "pickup", None)
    return Caller(
        login_id=user.login_id,
        firm=user.firm_id,
        technical=user.technical,
        active=user.is_active,
        last_login=user.last_login,
        listed_at=pickup and pickup.listed_at,
        fetched_at=pickup and pickup.fetched_at,
        acknowledged_at=pickup and pickup.acknowledged_at,
        consumer=pickup.consumer if pickup else "",
    )


def uncollected(user: User, cap: int = 999) -> tuple[int, datetime | None]:
    """Return how many shipments nobody has acknowledged yet, at most `cap`, and when the oldest was provided."""
    parameters = {"agencies": bulk.array(scope_of(user)), "today": clock.today(), "cap": cap}
    ((number, oldest),) = bulk.fetch(_UNCOLLECTED, parameters)
    return number, oldest


def left_lying(user: User, limit: int) -> list[MailboxEntry]:
    """Return the letters that an alarm was raised about and that are still neither fetched nor read, the oldest first.

    Only those that a user may see (R8).
    """
    alarmed = Shipment.objects.exclude(alarmed_at=None).filter(fetched_at=None, acknowledged_at=None)
    lying = alarmed.filter(agency__any_of=scope_of(user), letter__entry__read_at=None, letter__entry__done_on=None)
    found = lying.select_related("letter__entry").order_by("provided_at", "id")[:limit]
    return [one.letter.entry for one in found]


def overdue(*, patience: timedelta) -> list[Overdue]:
    """Return the urgent letters that wait longer than `patience` for software that could have fetched them (B8).

    Who has read a letter or worked it off elsewhere has not missed it, and nobody is reminded of the same one twice.
    """
    until = clock.now() - patience
    numbers = bulk.array(agencies.served_by_software())
    rows = bulk.fetch(_OVERDUE, {"since": until - _LOOKED_BACK, "until": until, "agencies": numbers})
    names = ("letter", "firm", "agency", "provided_at", "goes_by_post")
    return [Overdue(**dict(zip(names, columns, strict=True))) for columns in rows]
