"""Take notices and applications: decide at the desk, then write what follows."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.rules import Party
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.intake import events, queries
from vermittlerpost.intake.desk import OPENING_KINDS
from vermittlerpost.intake.desk.papers import Confirmation, Outbox, Outcome, SortedApplication, SortedNotice
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.intake.queries import Message, Surroundings
from vermittlerpost.intake.rules.inputs import differing_columns
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

Seen = dict[tuple[str, bool] | str, Message | Notice | Application]

_LATE_DAYS = 7
_LATE = "Die Mitteilung ist älter als eine Woche; ihr Vorgang zählt trotzdem ab dem Tag ihres Eingangs."
_OTHER_CONTENT = "Diese Nummer ist mit anderem Inhalt bekannt."


@transaction.atomic
def take_messages(rows: Sequence[Message], *, by: str) -> list[Verdict]:
    """Take messages in the order of their receipt: notices before applications at the same instant, then by id.

    Refuses a number that is known with other content, naming the column.
    """
    # A notice and an application that come at the same instant cannot miss each other.
    take_turns("matching")
    around = queries.surroundings(rows)
    seen: Seen = dict([*around.notices.items(), *around.applications.items()])
    verdicts: dict[int, Verdict] = {}
    late_before = clock.german_moment(clock.today() - timedelta(days=_LATE_DAYS), time())
    for place in sorted(range(len(rows)), key=lambda place: _turn(rows[place])):
        verdicts[place] = _take(rows[place], seen, around, late_before)
    _write(around.desk.outbox, around.evbs, by=by)
    return [verdicts[place] for place in range(len(rows))]


def _turn(row: Message) -> tuple[object, ...]:
    if isinstance(row, NoticeRow):
        return row.received_at, 0, row.message_id
    return row.received_at, 1, row.application_id


def _take(row: Message, seen: Seen, around: Surroundings, late_before: datetime) -> Verdict:
    key = (row.message_id, row.withdraws) if isinstance(row, NoticeRow) else row.application_id
    if key in seen:
        differing = differing_columns(seen[key], row)
        return Objection(differing[0], _OTHER_CONTENT) if differing else Known()
    seen[key] = row
    if isinstance(row, ApplicationRow):
        around.desk.take_application(row)
        return Accepted()
    around.desk.take_notice(row)
    is_late = row.received_at < late_before and row.kind in OPENING_KINDS
    return Accepted(column="received_at", warning=_LATE) if is_late else Accepted()


def _write(outbox: Outbox, evbs: Mapping[str, Confirmation], *, by: str) -> None:
    if outbox.ends:
        delivery.wait_for_printing()
    _keep_notices(outbox.notices)
    _keep_applications(outbox.applications, outbox.spent)
    cases.open_cases((_opening(notice, evbs) for notice in outbox.notices if notice.case), by=by)
    cases.change_plates([_new_plate(renaming.row, renaming.case) for renaming in outbox.renamings], by=by)
    cases.end(
        [cases.Ending(case=end.case, on=end.on, reason=end.reason, cause=end.cause) for end in outbox.ends], by=by
    )
    journal.record(_events(outbox), by=by)


_NOTICE = [
    "message_id", "kind", "received_at", "evb", "plate", "plate_key", "season", "vin", "hsn", "tsn",
    "keeper_name", "keeper_street", "keeper_postcode", "keeper_city", "registered_on", "authority",
    "outcome", "settled_on",
]  # fmt: skip


def _keep_notices(notices: Sequence[SortedNotice]) -> None:
    bulk.insert(
        Notice,
        _NOTICE,
        (
            (row.message_id, row.kind, row.received_at, row.evb, row.plate, loose_plate_key(row.plate), row.season,
             row.vin, row.hsn, row.tsn, row.keeper_name, row.keeper_street, row.keeper_postcode, row.keeper_city,
             row.registered_on, row.authority, notice.outcome, notice.settled_on)
            for notice in notices
            for row in [notice.row]
        ),
    )  # fmt: skip


def _keep_applications(applications: Sequence[SortedApplication], spent: Mapping[str, str]) -> None:
    fresh = {application.row.application_id for application in applications}
    bulk.insert(
        Application,
        ["application_id", "received_at", "evb", "plate", "plate_key", "vin", "agency", "outcome", "message_id"],
        [
            (row.application_id, row.received_at, row.evb, row.plate, loose_plate_key(row.plate) if row.plate else "",
             row.vin, row.agency, *_fate(application, spent))
            for application in applications
            for row in [application.row]
        ],
    )  # fmt: skip
    bulk.update(
        Application,
        ["outcome", "message_id"],
        [(known, Outcome.PREVENTED.value, message) for known, message in spent.items() if known not in fresh],
    )


def _fate(application: SortedApplication, spent: Mapping[str, str]) -> tuple[str, str]:
    prevented = spent.get(application.row.application_id)
    return (Outcome.PREVENTED, prevented) if prevented else (application.outcome, application.message_id)


def _opening(notice: SortedNotice, evbs: Mapping[str, Confirmation]) -> cases.Opening:
    row, evb = notice.row, evbs.get(notice.row.evb)
    return cases.Opening(
        case=notice.case,
        message_id=row.message_id,
        opened_on=clock.german_day(row.received_at),
        carrier=evb.carrier if evb else None,
        agency=(evb.agency or None) if evb else None,
        issued_to=evb.issued_to if evb else "",
        land=evb.land if evb else "",
        process=evb.process if evb else "",
        evb=row.evb,
        plate=row.plate,
        plate_key=loose_plate_key(row.plate),
        season=row.season,
        vin=row.vin,
        hsn=row.hsn,
        tsn=row.tsn,
        policyholder=evb.policyholder if evb else Party(),
        keeper=Party(
            name=row.keeper_name, street=row.keeper_street, postcode=row.keeper_postcode, city=row.keeper_city
        ),
        registered_on=row.registered_on,
        authority=row.authority,
        clarification=notice.clarification,
    )


def _new_plate(row: NoticeRow, case: str) -> cases.NewPlate:
    return cases.NewPlate(
        case=case,
        message_id=row.message_id,
        plate=row.plate,
        plate_key=loose_plate_key(row.plate),
        season=row.season,
        since=clock.german_day(row.received_at),
    )


def _events(outbox: Outbox) -> list[Event]:
    settled = [
        Event(
            kind=events.NOTICE_SETTLED,
            subject=f"notice:{notice.row.message_id}",
            data={"kind": notice.row.kind, "outcome": notice.outcome.value},
        )
        for notice in outbox.notices
        if not notice.case
    ]
    answered = [
        Event(
            kind=events.APPLICATION_SETTLED,
            subject=f"application:{application.row.application_id}",
            data={"outcome": application.outcome.value, "message_id": application.message_id},
        )
        for application in outbox.applications
    ]
    spent = [
        Event(kind=events.APPLICATION_SPENT, subject=f"application:{application}", data={"message_id": message})
        for application, message in outbox.spent.items()
    ]
    return [*settled, *answered, *spent]
