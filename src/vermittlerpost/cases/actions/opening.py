"""Open cases."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from vermittlerpost.cases import events
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.models import Case, Deadline, Plate
from vermittlerpost.cases.processes import newest
from vermittlerpost.cases.rules import STEPS_FROM, Clarification, Party, State, first_step_on
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A notice that becomes a case; with a `clarification` it waits for a person instead of a letter.

    `issued_to` is the agency that the eVB was issued to, if its portfolio has gone to `agency` since.
    """

    case: str
    message_id: str
    opened_on: date
    carrier: str | None
    agency: str | None
    land: str
    process: str
    evb: str
    plate: str
    plate_key: str
    season: str
    vin: str
    hsn: str
    tsn: str
    policyholder: Party
    keeper: Party
    registered_on: date | None
    authority: str
    issued_to: str = ""
    clarification: Clarification | None = None


_CASE = [
    "id", "message_id", "carrier", "agency", "evb", "plate", "season", "vin", "hsn", "tsn",
    "policyholder_name", "policyholder_street", "policyholder_postcode", "policyholder_city",
    "keeper_name", "keeper_street", "keeper_postcode", "keeper_city",
    "registered_on", "authority", "process", "state", "clarification", "opened_on", "hold_reason", "close_reason",
]  # fmt: skip


def open_cases(drawn: Iterable[Opening], *, by: str) -> None:
    """Open a case per notice, within the caller's transaction; the first step falls after the grace period.

    Openings that are made only as they are drawn are made while the database takes in those before them.
    """
    openings: list[Opening] = []
    bulk.insert(Case, _CASE, _cases(drawn, openings))
    bulk.insert(
        Plate,
        ["case", "plate", "key", "since"],
        ((o.case, o.plate, o.plate_key, o.opened_on) for o in openings),
    )
    due = _first_steps([o for o in openings if not o.clarification])
    bulk.insert(
        Deadline,
        ["case", "planned_on", "due_at", "stuck_reason"],
        ((case, planned_on, steps_from(planned_on), "") for case, planned_on in due.items()),
    )
    followed = [_followed(opening) for opening in openings if opening.issued_to]
    journal.record([*(_event(opening, due.get(opening.case)) for opening in openings), *followed], by=by)


@lru_cache(maxsize=4096)
def steps_from(day: date) -> datetime:
    """Return the moment from which the steps of a day are taken."""
    return clock.german_moment(day, STEPS_FROM)


def _first_steps(openings: Sequence[Opening]) -> dict[str, date]:
    days = {alike: _first_step_on(*alike) for alike in {(o.process, o.opened_on, o.land) for o in openings}}
    return {o.case: days[o.process, o.opened_on, o.land] for o in openings}


def _first_step_on(name: str, opened_on: date, land: str) -> date:
    process = newest(name)
    return first_step_on(process, COUNTINGS[process.counting], opened_on, land)


def _cases(drawn: Iterable[Opening], openings: list[Opening]) -> Iterator[tuple[object, ...]]:
    """Yield the row of each opening that is drawn, and put the opening to the others."""
    code = cache(lambda name: newest(name).code)
    for o in drawn:
        openings.append(o)
        process, state = ("", State.CLARIFICATION) if o.clarification else (code(o.process), State.GRACE)
        yield (
            o.case, o.message_id, o.carrier, o.agency, o.evb, o.plate, o.season, o.vin, o.hsn, o.tsn,
            o.policyholder.name, o.policyholder.street, o.policyholder.postcode, o.policyholder.city,
            o.keeper.name, o.keeper.street, o.keeper.postcode, o.keeper.city,
            o.registered_on, o.authority, process, state, o.clarification or "", o.opened_on, "", "",
        )  # fmt: skip


def _event(opening: Opening, next_on: date | None) -> Event:
    data = {"message_id": opening.message_id}
    if opening.clarification:
        reason = {"reason": opening.clarification.value, "words": opening.clarification.words}
        return Event(kind=events.CLARIFICATION_OPENED, subject=opening.case, data=data | reason)
    first_step = {"agency": opening.agency or "", "next_on": next_on.isoformat() if next_on else ""}
    return Event(kind=events.OPENED, subject=opening.case, data=data | first_step)


def _followed(opening: Opening) -> Event:
    data = {"before": opening.issued_to, "after": opening.agency}
    return Event(kind=events.FOLLOWED, subject=opening.case, data=data)
