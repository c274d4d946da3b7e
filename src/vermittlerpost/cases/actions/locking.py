"""Take hold of one open case."""

from vermittlerpost.cases.models import Case
from vermittlerpost.cases.rules import State
from vermittlerpost.lib.errors import Refused


class NoOpenCase(Refused):
    """There is no such case, or it has ended."""

    code = "no_open_case"


def lock_open(case: str) -> Case:
    """Return the case, locked until the caller's transaction ends; refuses one that is unknown or closed."""
    locked = Case.objects.select_for_update().filter(id=case).exclude(state=State.CLOSED).first()
    if locked is None:
        raise NoOpenCase("Einen offenen Vorgang {case} gibt es nicht.", case=case)
    return locked
