"""What becomes of a row that is fed to an action: taken, already known, or refused with the column and the rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """The row is refused: the column that is to blame, and the German rule that it breaks, with facts to fill in."""

    column: str
    template: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """Return the rule as a sentence."""
        return self.template.format_map(self.facts)


Verdict = Accepted | Known | Objection
