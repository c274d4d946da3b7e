"""Who will be told of the step that comes next: its agency by its channel, and by name whoever would be mailed (B6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from vermittlerpost.cases.rules import NextStep
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.rules import State
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications import queries as notifications

_MOST_NAMES = 6


@dataclass(frozen=True, kw_only=True)
class ToldNext:
    """The agency that the next letter goes to, and the first of those who would be mailed, as things stand.

    On paper nobody is mailed; `more` is how many people there are beside those who are named.
    """

    agency: str
    is_electronic: bool
    names: Sequence[str] = ()
    more: int = 0


def told_next(step: NextStep) -> ToldNext | None:
    """Return who will be told of a step; None if it brings no letter. Asked for people of the agency's firm alone."""
    if not step.letter:
        return None
    if CHANNELS[step.channel].first_state is not State.PROVIDED:
        return ToldNext(agency=step.agency, is_electronic=False)
    mailed = notifications.would_be_mailed(step.agency, KINDS[step.letter].category)
    names = sorted(user.name for user in mailed)
    more = max(0, len(names) - _MOST_NAMES)
    return ToldNext(agency=step.agency, is_electronic=True, names=names[:_MOST_NAMES], more=more)
