"""The desk at which messages are sorted: what is known lies on it, each message is decided in its turn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from vermittlerpost.cases.rules import Clarification, CloseReason, case_id
from vermittlerpost.intake.desk.papers import (
    Confirmation,
    End,
    Outbox,
    Outcome,
    Renaming,
    SortedApplication,
    SortedNotice,
    Waiting,
)
from vermittlerpost.intake.desk.shelf import Shelf
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.rules.matching import (
    EvbKind,
    Marks,
    Registration,
    application_fits,
    closest,
    signal_fits,
)
from vermittlerpost.intake.rules.words import fold_name
from vermittlerpost.lib.clock import german_day

OPENING_KINDS = frozenset({"registration", "holder_change", "re_registration"})
_STOP_SIGNALS = {"other_insurer": CloseReason.OTHER_INSURER, "deregistration": CloseReason.DEREGISTRATION}


class Desk:
    """Sort messages one after the other against all that may concern them.

    `occupants` are the notices that were first on a single eVB, `withdrawals` those taken back so far with the day on
    which they were, `signals` the message ids of known stop signals and plate changes.
    """

    def __init__(
        self,
        *,
        evbs: Mapping[str, Confirmation],
        occupants: Mapping[str, str],
        withdrawals: Mapping[str, date],
        signals: Iterable[str],
    ) -> None:
        self.outbox = Outbox()
        self._evbs = evbs
        self._withdrawals = dict(withdrawals)
        self._signals = set(signals)
        self._occupants: dict[str, list[str]] = defaultdict(list)
        for message, evb in occupants.items():
            self._occupants[evb].append(message)
        self._by_message: dict[str, Registration] = {}
        self._registrations: Shelf[Registration] = Shelf()
        self._waiting: Shelf[Waiting] = Shelf()

    def lay_down(self, registration: Registration) -> None:
        """Put a registration where messages find it."""
        self._by_message[registration.message_id] = registration
        self._registrations.put(registration, vin=registration.vin, evb=registration.evb, plates=registration.plates)

    def let_wait(self, application: Waiting) -> None:
        """Put an application where notices find it."""
        marks = application.marks
        self._waiting.put(application, vin=marks.vin, evb=marks.evb, plates=[marks.plate])

    def take_notice(self, row: NoticeRow) -> None:
        """Decide about a notice."""
        if row.kind in OPENING_KINDS:
            self.outbox.notices.append(self._registered(row))
            return
        outcome = self._withdrawn(row) if row.kind == "withdrawn" else self._signalled(row)
        self.outbox.notices.append(SortedNotice(row=row, outcome=outcome))

    def take_application(self, row: ApplicationRow) -> None:
        """Decide about an application: it ends one open case, belongs to an answered one, waits, or is unclear."""
        marks = self.marks_of(row.vin, row.evb, row.plate)
        related = self._related(marks)
        fitting = closest(marks, [r for r in related if r.is_open], application_fits)
        answered = closest(marks, [r for r in related if r.is_answered], application_fits)
        if len(fitting) > 1:
            self._sorted(row, Outcome.AMBIGUOUS)
        elif fitting:
            fitting[0].is_answered = True
            self._sorted(row, self._end(fitting[0], CloseReason.APPLICATION, row), fitting[0])
        elif answered:
            self._sorted(row, Outcome.BELONGS, answered[0])
        else:
            self._sorted(row, Outcome.WAITING)
            self.let_wait(Waiting(application_id=row.application_id, received_at=row.received_at, marks=marks))

    def marks_of(self, vin: str, evb: str, plate: str) -> Marks:
        """Return what an application says about its vehicle; its policyholder is that of its eVB."""
        known = self._evbs.get(evb)
        if known is None:
            return Marks(vin=vin, evb=evb, plate=plate)
        policyholder = fold_name(known.policyholder.name)
        return Marks(vin=vin, evb=evb, plate=plate, policyholder=policyholder, evb_kind=known.kind)

    def _sorted(self, row: ApplicationRow, outcome: Outcome, registration: Registration | None = None) -> None:
        message_id = registration.message_id if registration else ""
        self.outbox.applications.append(SortedApplication(row=row, outcome=outcome, message_id=message_id))

    def _registered(self, row: NoticeRow) -> SortedNotice:
        if row.message_id in self._withdrawals:
            voided_on = self._withdrawals[row.message_id]
            return SortedNotice(row=row, outcome=Outcome.VOIDED, settled_on=voided_on)
        clarification = self._clarification(row)
        registration = self._registration(row)
        application = self._application_for(registration)
        if application is not None:
            return self._prevented(row, registration, application)
        self.lay_down(registration)
        if clarification is not Clarification.EVB_USED_TWICE:
            self._occupants[row.evb].append(row.message_id)
        outcome = Outcome.CLARIFIED if clarification else Outcome.OPENED
        return SortedNotice(row=row, outcome=outcome, case=registration.case, clarification=clarification)

    def _prevented(self, row: NoticeRow, registration: Registration, application: Waiting) -> SortedNotice:
        registration.case, registration.is_open, registration.is_answered = "", False, True
        self.lay_down(registration)
        self._occupants[row.evb].append(row.message_id)
        application.is_spent = True
        self.outbox.spent[application.application_id] = row.message_id
        answered_on = german_day(application.received_at)
        return SortedNotice(row=row, outcome=Outcome.PREVENTED, settled_on=answered_on)

    def _clarification(self, row: NoticeRow) -> Clarification | None:
        evb = self._evbs.get(row.evb)
        if evb is None:
            return Clarification.EVB_UNKNOWN
        registered_on = row.registered_on or german_day(row.received_at)
        if evb.valid_until and evb.valid_until < registered_on:
            return Clarification.EVB_EXPIRED
        if not evb.agency:
            return Clarification.AGENCY_MISSING
        if evb.kind is EvbKind.SINGLE and any(m not in self._withdrawals for m in self._occupants[row.evb]):
            return Clarification.EVB_USED_TWICE
        return None

    def _registration(self, row: NoticeRow) -> Registration:
        evb = self._evbs.get(row.evb)
        return Registration(
            message_id=row.message_id,
            case=case_id(message_id=row.message_id, opened_on=german_day(row.received_at)),
            evb=row.evb,
            vin=row.vin,
            plates=[row.plate],
            policyholder=fold_name(evb.policyholder.name) if evb else "",
            keeper=fold_name(row.keeper_name),
            is_open=True,
        )

    def _application_for(self, registration: Registration) -> Waiting | None:
        found = self._waiting.find(vin=registration.vin, evb=registration.evb, plates=registration.plates)
        fitting = [
            (closeness, waiting.received_at, waiting.application_id, waiting)
            for waiting in found
            if not waiting.is_spent and (closeness := application_fits(waiting.marks, registration))
        ]
        return min(fitting)[-1] if fitting else None

    def _signalled(self, row: NoticeRow) -> Outcome:
        if row.message_id in self._withdrawals:
            return Outcome.REVOKED
        self._signals.add(row.message_id)
        return self._plate_changed(row) if row.kind == "plate_change" else self._stopped(row)

    def _stopped(self, row: NoticeRow) -> Outcome:
        marks = Marks(vin=row.vin, evb=row.evb, plate=row.plate)
        fitting = closest(marks, [r for r in self._related(marks) if r.is_open], signal_fits)
        if len(fitting) > 1:
            return Outcome.AMBIGUOUS
        return self._end(fitting[0], _STOP_SIGNALS[row.kind], row) if fitting else Outcome.UNMATCHED

    def _withdrawn(self, row: NoticeRow) -> Outcome:
        if row.message_id in self._signals:
            return Outcome.AMBIGUOUS
        self._withdrawals.setdefault(row.message_id, german_day(row.received_at))
        registration = self._by_message.get(row.message_id)
        if registration is None:
            return Outcome.WAITING
        return self._end(registration, CloseReason.WITHDRAWN, row) if registration.is_open else Outcome.UNMATCHED

    def _end(self, registration: Registration, reason: CloseReason, row: NoticeRow | ApplicationRow) -> Outcome:
        registration.is_open = False
        cause = row.message_id if isinstance(row, NoticeRow) else row.application_id
        on = german_day(row.received_at)
        self.outbox.ends.append(End(case=registration.case, reason=reason, on=on, cause=cause))
        return Outcome.ENDED

    def _plate_changed(self, row: NoticeRow) -> Outcome:
        marks = Marks(vin=row.vin, evb=row.evb, plate=row.plate)
        related = self._related(marks)
        fitting = closest(marks, [r for r in related if r.is_open], signal_fits)
        keeper = fold_name(row.keeper_name)
        own = [r for r in fitting or related if r.case and r.vin == row.vin != "" and r.keeper == keeper]
        changed = fitting if len(fitting) == 1 else own
        if not changed:
            return Outcome.AMBIGUOUS if fitting else Outcome.UNMATCHED
        for registration in changed:
            self._rename(registration, row)
        return Outcome.PLATE_CHANGED

    def _rename(self, registration: Registration, row: NoticeRow) -> None:
        registration.plates.append(row.plate)
        self._registrations.put(registration, vin="", evb="", plates=[row.plate])
        self.outbox.renamings.append(Renaming(case=registration.case, row=row))

    def _related(self, marks: Marks) -> list[Registration]:
        return self._registrations.find(vin=marks.vin, evb=marks.evb, plates=[marks.plate])
