"""How a rule is judged: kept, broken, or not tried yet, with one German sentence that says why."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass

from vermittlerpost.interfaces.ops.lab.calls import Stretch

PASSED, FAILED, UNTRIED = "bestanden", "nicht bestanden", "nicht geprüft"
_MOST_NAMED = 5

Found = tuple[str, str]
"""One of the three words above, and the sentence."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a good client does: its title, how it is judged, and what to do where it is not kept."""

    title: str
    judge: Callable[[Stretch], Found]
    advice: str


def judged(wrong: Iterable[str], tried: Sized, *, kept: str, broken: str) -> Found:
    """Judge a rule that is kept if something was tried and none of it is wrong."""
    if not tried:
        return UNTRIED, "Dazu gab es noch keinen Anlass."
    names = sorted(set(wrong))
    if not names:
        return PASSED, kept
    more = f" und {len(names) - _MOST_NAMED} weitere" if len(names) > _MOST_NAMED else ""
    return FAILED, f"{broken} {', '.join(names[:_MOST_NAMED])}{more}."
