"""What is told of the step that comes next, and how long a case may rest before it (B4, B6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vermittlerpost.cases.rules.states import State
from vermittlerpost.cases.rules.steps import Process, Step


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What happens next in a case, when, who is told, and what prevents it (B6).

    `day` is None where nothing is planned. The texts are whole German sentences without the day. While the case rests,
    `held_until` is the last day of it. A step that brings a letter names its kind, the agency that it goes to and the
    channel, as things stand.
    """

    title: str
    sentence: str
    day: date | None = None
    urgency: str = ""
    prevented_by: str = ""
    held_until: date | None = None
    hold_reason: str = ""
    letter: str = ""
    agency: str = ""
    channel: str = ""


PREVENTED_BY = (
    "Ein Antrag, der vorher eingeht. Ebenso die Bestätigung eines anderen Versicherers, die Außerbetriebsetzung des"
    " Fahrzeugs oder die Rücknahme der Zulassungsmitteilung."
)
STUCK = NextStep(
    title="Schritt verzögert sich",
    sentence="Der fällige Schritt ließ sich nicht ausführen. Der Versicherer sieht das und kümmert sich darum.",
    prevented_by=PREVENTED_BY,
)
HALTED = NextStep(
    title="Schritt verzögert sich",
    sentence="Der Versicherer hat alle Schreiben vorübergehend angehalten. Der Schritt folgt danach, mit neuer Frist.",
    prevented_by=PREVENTED_BY,
)
"""What is told of a step whose day lies within a halt of all cases."""
ANSWERED_LATE = NextStep(
    title="Entscheidung über die Deckung",
    sentence="Der Antrag kam nach der Kündigung der vorläufigen Deckung. Die Fachabteilung entscheidet, ob die Deckung"
    " bestehen bleibt; Sie erfahren es durch ein Schreiben.",
)
"""What is told of a case that an application ended after its cover was cancelled."""
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
    State.CANCELLED.value: NextStep(
        title="Nichts mehr von selbst",
        sentence="Die vorläufige Deckung ist gekündigt. Kommt noch ein Antrag, entscheidet die Fachabteilung, ob der"
        " Versicherungsschutz fortbesteht.",
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
