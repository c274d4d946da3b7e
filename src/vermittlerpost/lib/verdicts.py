"""What becomes of a row that is fed to an action: taken, already known, or refused with the column and the rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Accepted:
    """The row was taken; `warning` is a German sentence about what will bite later in a column, if anything will."""

    column: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Known:
    """The row says what is known already; nothing changed."""


@dataclass(frozen=True)
class Objection:
    """The row is refused: the column that is to blame, and the German rule that it breaks."""

    column: str
    rule: str


Verdict = Accepted | Known | Objection
