"""Let an agency say that the application is on its way: the case then rests for a bounded time (B4)."""

from datetime import date

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.actions.holding import pending, rest
from vermittlerpost.cases.models import Case, Pause
from vermittlerpost.cases.rules import ON_ITS_WAY, resting_until
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters.rules import day_in_words
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused


class PauseOutOfBounds(Refused):
    """The pause would end later than the process allows, or before it begins."""

    code = "pause_out_of_bounds"


class NoPauseLeft(Refused):
    """The case rests as long as it may, or its pauses are used up."""

    code = "no_pause_left"


class NotSubmittedYet(Refused):
    """The day on which the application was handed in lies ahead."""

    code = "not_submitted_yet"


@transaction.atomic
def pause(*, case: str, letter: str, submitted_on: date | None, until: date, note: str, by: str) -> None:
    """Let a case rest up to and including a day, with the agency's word as proof; it goes on by itself.

    Refuses a closed case and one at rest (as `hold`), a day that lies ahead as that of submission, and an end that is
    not within the bounds of the process. Due dates that were printed stay as they are.
    """
    paused, deadline = pending(case)
    if submitted_on and submitted_on > clock.today():
        raise NotSubmittedYet("Der Tag der Einreichung liegt in der Zukunft.", case=case)
    days = _days(paused, until)
    rest(paused, deadline, until=until, reason=ON_ITS_WAY)
    Pause.objects.create(
        case=paused, letter=letter, submitted_on=submitted_on, until=until, days=days, note=note, by=by, at=clock.now()
    )
    journal.record([_event(case, letter, submitted_on, until)], by=by)


def _days(case: Case, until: date) -> int:
    """Return how many days a pause adds to those on which the case rests anyway."""
    latest = queries.latest_pause(case)
    resting = resting_until(clock.today(), case.held_until)
    if latest is None:
        raise NoPauseLeft(
            "Die Erinnerungen ruhen höchstens bis {resting}; mehr Pause ist nicht möglich.",
            resting=day_in_words(resting),
            case=case.id,
        )
    if not resting < until <= latest:
        raise PauseOutOfBounds(
            "Bitte wählen Sie einen Tag nach dem {resting} und längstens den {latest}.",
            resting=day_in_words(resting),
            latest=day_in_words(latest),
            case=case.id,
        )
    return (until - resting).days


def _event(case: str, letter: str, submitted_on: date | None, until: date) -> Event:
    data = {"letter": letter, "until": until.isoformat()}
    if submitted_on is None:
        return Event(kind=events.PAUSED_ON_THE_WAY, subject=case, data=data)
    return Event(kind=events.PAUSED, subject=case, data=data | {"submitted_on": submitted_on.isoformat()})
