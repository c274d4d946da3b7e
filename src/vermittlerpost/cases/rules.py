"""What follows in a case: its states, the steps of a process, and the days on which they fall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Self

STEPS_FROM = time(7)
"""Steps are taken from this time of day on, Europe/Berlin."""


LAENDER = (
    "DE-BB", "DE-BE", "DE-BW", "DE-BY", "DE-HB", "DE-HE", "DE-HH", "DE-MV",
    "DE-NI", "DE-NW", "DE-RP", "DE-SH", "DE-SL", "DE-SN", "DE-ST", "DE-TH",
)  # fmt: skip


class State(StrEnum):
    """The states that every process shares; the ones between are named by its steps."""

    GRACE = "grace"
    CLARIFICATION = "clarification"
    CANCELLATION_PROPOSED = "cancellation_proposed"
    CLOSED = "closed"


ON_ITS_WAY = "Antrag ist unterwegs"
ASKED = "Rückfrage der Agentur"
"""Why cases rest at an agency's word."""

STATE_TITLES: Mapping[str, str] = {
    State.GRACE.value: "Antrag wird abgewartet",
    State.CLARIFICATION.value: "In Klärung beim Versicherer",
    State.CLOSED.value: "Erledigt",
}


class CloseReason(StrEnum):
    """Why a case ended."""

    APPLICATION = "application"
    OTHER_INSURER = "other_insurer"
    DEREGISTRATION = "deregistration"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """Return the reason in German."""
        return _CLOSE_WORDS[self]


_CLOSE_WORDS = {
    CloseReason.APPLICATION: "Antrag eingegangen",
    CloseReason.OTHER_INSURER: "anderer Versicherer bestätigt",
    CloseReason.DEREGISTRATION: "Fahrzeug außer Betrieb gesetzt",
    CloseReason.WITHDRAWN: "Mitteilung zurückgenommen",
}


class Subject(StrEnum):
    """What an agency says is not right."""

    VEHICLE_NOT_OURS = "vehicle_not_ours"
    WRONG_AGENCY = "wrong_agency"
    SOLD = "sold"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the subject in German."""
        return _SUBJECT_WORDS[self]


_SUBJECT_WORDS = {
    Subject.VEHICLE_NOT_OURS: "Fahrzeug gehört nicht zu unserem Bestand",
    Subject.WRONG_AGENCY: "andere Agentur ist zuständig",
    Subject.SOLD: "Fahrzeug ist verkauft oder abgemeldet",
    Subject.OTHER: "anderes Anliegen",
}


class Clarification(StrEnum):
    """Why a person must look at a notice before anybody is written to."""

    EVB_UNKNOWN = "evb_unknown"
    EVB_EXPIRED = "evb_expired"
    EVB_USED_TWICE = "evb_used_twice"
    AGENCY_MISSING = "agency_missing"

    @property
    def words(self) -> str:
        """Return the reason in German."""
        return _CLARIFICATION_WORDS[self]


_CLARIFICATION_WORDS = {
    Clarification.EVB_UNKNOWN: "eVB unbekannt oder nicht genannt",
    Clarification.EVB_EXPIRED: "eVB bei der Zulassung abgelaufen",
    Clarification.EVB_USED_TWICE: "eVB zum zweiten Mal verwendet",
    Clarification.AGENCY_MISSING: "Agentur der eVB unbekannt",
}


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person or company with an address: policyholder or keeper."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """A way of counting days: `roll(day, state)` moves a day that does not count forward, never back."""

    title: str
    roll: Callable[[date, str], date]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a case enters: a state, and the letter written on the way (none for a worklist entry).

    `announcement` is the German sentence with which the letter before names it and its `{day}`; `coming` and
    `prospect` are its title and a sentence about it as long as it lies ahead.
    """

    state: str
    title: str
    coming: str = ""
    prospect: str = ""
    announcement: str = ""
    letter: str | None = None
    level: int = 0
    urgency: str = ""
    due_days: int = 0

    def __post_init__(self) -> None:
        if self.letter and (self.due_days < 1 or not self.urgency):
            raise ValueError(f"Step {self.state}: a letter needs due_days and an urgency.")


@dataclass(frozen=True, kw_only=True)
class Process:
    """The steps of a kind of case, in their order.

    An agency may pause a case for `longest_pause_days` at once and `most_pause_days` altogether; refuses a process
    whose pauses would be longer than its holds, or than all of them together.
    """

    name: str
    version: int
    title: str
    counting: str
    grace_days: int
    longest_hold_days: int
    longest_pause_days: int
    most_pause_days: int
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.longest_pause_days <= min(self.longest_hold_days, self.most_pause_days):
            raise ValueError(f"{self.code}: no pause may be longer than longest_hold_days or most_pause_days.")

    @property
    def code(self) -> str:
        """Return the name and version under which running cases remember it."""
        return f"{self.name}.{self.version}"

    @classmethod
    def from_document(cls, code: str, document: Mapping[str, Any]) -> Self:
        """Make the process from its file `<name>.<version>.toml`; refuses unknown and missing keys."""
        name, version = code.rsplit(".", 1)
        steps = tuple(Step(**step) for step in document["steps"])
        return cls(**{**document, "name": name, "version": int(version), "steps": steps})

    def title_of(self, state: str) -> str:
        """Return what a state is called; refuses one that is not of this process with KeyError."""
        return {**STATE_TITLES, **{step.state: step.title for step in self.steps}}[state]

    def step_after(self, state: str) -> Step | None:
        """Return the step that follows a state, None after the last; refuses a state that is not of this process."""
        states = [State.GRACE.value, *(step.state for step in self.steps)]
        following = states.index(state)
        return self.steps[following] if following < len(self.steps) else None


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The days that a step sets: the due date of its letter and the day of the step after it."""

    due_on: date | None
    next_on: date | None


def first_step_on(process: Process, counting: Counting, opened_on: date, state: str) -> date:
    """Return the day of the request: the grace period after day 0, rolled forward."""
    return counting.roll(opened_on + timedelta(days=process.grace_days), state)


def schedule(step: Step, counting: Counting, taken_on: date, state: str) -> Schedule:
    """Return what a step taken on a day sets: due `due_days` later, next step the day after that, both rolled."""
    if step.letter is None:
        return Schedule(due_on=None, next_on=None)
    due_on = counting.roll(taken_on + timedelta(days=step.due_days), state)
    return Schedule(due_on=due_on, next_on=counting.roll(due_on + timedelta(days=1), state))


def after_hold(planned_on: date, held_until: date | None, counting: Counting, state: str) -> date:
    """Return the day of a planned step when a hold, its last day included, is in its way."""
    if held_until is None or planned_on > held_until:
        return planned_on
    return counting.roll(held_until + timedelta(days=1), state)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What happens next in a case, on which day, and what prevents it (B6); `day` is None where nothing is planned.

    The texts are whole German sentences without the day. While the case rests, `held_until` is the last day of it.
    """

    title: str
    sentence: str
    day: date | None = None
    urgency: str = ""
    prevented_by: str = ""
    held_until: date | None = None
    hold_reason: str = ""


PREVENTED_BY = (
    "Ein Antrag, der vorher eingeht. Ebenso die Bestätigung eines anderen Versicherers, die Außerbetriebsetzung des"
    " Fahrzeugs oder die Rücknahme der Zulassungsmitteilung."
)
STUCK = NextStep(
    title="Schritt verzögert sich",
    sentence="Der fällige Schritt ließ sich nicht ausführen. Der Versicherer sieht das und kümmert sich darum.",
    prevented_by=PREVENTED_BY,
)
AT_REST: Mapping[str, NextStep] = {
    State.CLARIFICATION.value: NextStep(
        title="Klärung beim Versicherer",
        sentence="Die Zulassungsmitteilung passt zu keiner Deckungszusage. Bis das geklärt ist, wird niemand"
        " angeschrieben.",
    ),
    State.CANCELLATION_PROPOSED.value: NextStep(
        title="Entscheidung über die Kündigung",
        sentence="Die Kündigung der vorläufigen Deckung ist vorgeschlagen. Die Fachabteilung des Versicherers"
        " entscheidet; von selbst wird nichts gekündigt.",
        prevented_by=PREVENTED_BY,
    ),
    State.CLOSED.value: NextStep(
        title="Nichts mehr", sentence="Der Vorgang ist beendet; es wird nichts mehr verlangt."
    ),
}
"""What is told of states in which no step is planned."""


def ahead(step: Step, day: date, held_until: date | None, hold_reason: str) -> NextStep:
    """Return what is told of a planned step on the day on which it will be taken."""
    return NextStep(
        title=step.coming or step.title,
        sentence=step.prospect,
        day=day,
        urgency=step.urgency,
        prevented_by=PREVENTED_BY,
        held_until=held_until,
        hold_reason=hold_reason if held_until else "",
    )


def latest_pause(process: Process, today: date, held_until: date | None, spent: int) -> date | None:
    """Return the last day up to which a case may be paused on a day, None if it may not be paused any longer.

    `spent` are the days of earlier pauses; only days on which the case does not rest anyway are counted.
    """
    resting = resting_until(today, held_until)
    latest = min(
        today + timedelta(days=process.longest_pause_days), resting + timedelta(days=process.most_pause_days - spent)
    )
    return latest if latest > resting else None


def resting_until(today: date, held_until: date | None) -> date:
    """Return the last day on which a case rests already: that of its hold, or the day that has begun."""
    return max(today, held_until or today)
