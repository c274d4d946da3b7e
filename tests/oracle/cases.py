"""Keep the book of cases: what each message opens, ends, prevents or leaves alone, and which step is due."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from . import matching
from .columns import OPENING, STOPPING
from .days import german_day, is_working_day, roll
from .masters import Agency, Masters
from .matching import Case
from .messages import Application, Message, Notice

GRACE = timedelta(days=14)
TIME_TO_ANSWER = timedelta(days=14)
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One letter of the process `kfz_standard` and the state in which it leaves the case."""

    kind: str
    level: int
    urgency: str
    category: str
    state: str


LETTER_STEPS = (
    Step("application_request", 0, "normal", "important_letters", "requested"),
    Step("reminder", 1, "hoch", "urgent_reminders", "reminded_1"),
    Step("reminder", 2, "letzte", "urgent_reminders", "reminded_2"),
)


@dataclass(frozen=True)
class Letter:
    message_id: str
    agency: Agency
    step: Step
    channel: str
    issued_on: date
    due_on: date

    @property
    def name(self) -> tuple[str, str, int]:
        """Identify the letter without the product's secret numbers."""
        return self.message_id, self.step.kind, self.step.level


@dataclass
class Book:
    masters: Masters
    cases: list[Case] = field(default_factory=list)
    waiting: list[Application] = field(default_factory=list)
    withdrawals: dict[str, Notice] = field(default_factory=dict)

    def feed(self, message: Message) -> None:
        """Take in one message, everything before it having been taken in."""
        if isinstance(message, Application):
            self._answer(message)
        elif message.kind == "withdrawn":
            self._withdraw(message)
        elif message.message_id in self.withdrawals:
            self._keep_void(message)
        elif message.kind in OPENING:
            self._open(message)
        elif message.kind in STOPPING:
            self._stop(message)
        else:
            self._change_plate(message)

    def take_steps(self, today: date) -> list[Letter]:
        """Take the due step of every open case, one step each, and return the letters written."""
        letters = []
        for case in self._open_cases():
            if case.agency and self._is_due(case, case.agency, today):
                letter = _take_step(case, case.agency, today)
                letters += [letter] if letter else []
        return letters

    def _open_cases(self) -> list[Case]:
        return [case for case in self.cases if case.is_open]

    def _is_due(self, case: Case, agency: Agency, today: date) -> bool:
        due = case.next_on is not None and case.next_on <= today
        return due and is_working_day(today, agency.land)

    def _open(self, notice: Notice) -> None:
        """Open a case, in grace or as a clarification, unless an application for it is already there."""
        case = self._case_of(notice)
        application = matching.already_there(case, self.waiting, self.masters.evbs)
        doubt = self._doubt(case)
        if application:
            self.waiting.remove(application)
            case.opened = False
            case.close("application", german_day(application.received_at))
        elif doubt:
            case.state, case.reason, case.doubt = "clarification", doubt, doubt
        elif case.agency:
            case.next_on = roll(german_day(notice.received_at) + GRACE, case.agency.land)
        self.cases.append(case)

    def _case_of(self, notice: Notice) -> Case:
        evb = self.masters.evbs.get(notice.evb or "")
        agency = self.masters.agencies.get(evb.agency) if evb else None
        return Case(notice, evb, agency, [notice.plate])

    def _doubt(self, case: Case) -> str | None:
        """Give the reason why a registration must be clarified before anybody is written to."""
        if case.evb is None:
            return "evb_unknown"
        registered_on = case.notice.registered_on or german_day(case.notice.received_at)
        if case.evb.valid_until and case.evb.valid_until < registered_on:
            return "evb_expired"
        if case.agency is None:
            return "agency_missing"
        if not case.evb.permanent and self._is_used(case.evb.number):
            return "evb_used_twice"
        return None

    def _is_used(self, evb: str) -> bool:
        """Say whether an earlier registration stands on this eVB, whatever became of it.

        One that was withdrawn has freed it, one that came second never had it.
        """
        earlier = [case for case in self.cases if case.notice.evb == evb and case.doubt != "evb_used_twice"]
        return any(case.notice.message_id not in self.withdrawals for case in earlier)

    def _answer(self, application: Application) -> None:
        """End the one open case that fits; wait for the notice if none does.

        If several fit, nothing ends, pauses or is prevented. A second application for an answered registration
        belongs to that one and waits for nothing.
        """
        evbs = self.masters.evbs
        fitting = matching.answered_by(application, self._open_cases(), evbs)
        if len(fitting) == 1:
            fitting[0].close("application", german_day(application.received_at))
            return
        answered = [case for case in self.cases if case.is_answered]
        if not fitting and not matching.answered_by(application, answered, evbs):
            self.waiting.append(application)

    def _stop(self, signal: Notice) -> None:
        """End the one open case that fits; none or several: the signal is only kept and reported."""
        fitting = matching.meant_by(signal, self._open_cases())
        if len(fitting) == 1:
            fitting[0].close(signal.kind, german_day(signal.received_at))

    def _withdraw(self, withdrawal: Notice) -> None:
        """End the case of the withdrawn notice; of a stop signal or a new plate, nothing is undone."""
        self.withdrawals[withdrawal.message_id] = withdrawal
        for case in self._open_cases():
            if case.notice.message_id == withdrawal.message_id:
                case.close("withdrawn", german_day(withdrawal.received_at))

    def _keep_void(self, notice: Notice) -> None:
        """A notice withdrawn before it came has no effect; a registration keeps its line."""
        if notice.kind in OPENING:
            case = self._case_of(notice)
            case.opened = False
            case.close("withdrawn", german_day(self.withdrawals[notice.message_id].received_at))
            self.cases.append(case)

    def _change_plate(self, notice: Notice) -> None:
        """Add the plate to the history of the open case that fits, else of closed ones by VIN and keeper."""
        fitting = matching.meant_by(notice, self._open_cases())
        if not fitting:
            closed = [case for case in self.cases if case.opened and not case.is_open]
            fitting = [case for case in closed if matching.same_vehicle_and_keeper(notice, case)]
        elif len(fitting) > 1:
            fitting = []
        for case in fitting:
            case.plates.append(notice.plate)


def _take_step(case: Case, agency: Agency, today: date) -> Letter | None:
    """Write the next letter with a fresh due date; after the last one, propose to cancel instead."""
    if case.steps_taken == len(LETTER_STEPS):
        case.state, case.next_on = "cancellation_proposed", None
        return None
    step = LETTER_STEPS[case.steps_taken]
    due_on = roll(today + TIME_TO_ANSWER, agency.land)
    case.state, case.next_on = step.state, roll(due_on + NEXT_DAY, agency.land)
    case.steps_taken += 1
    return Letter(case.notice.message_id, agency, step, agency.channel_on(today), today, due_on)
