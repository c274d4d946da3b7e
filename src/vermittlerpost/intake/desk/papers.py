"""What lies on the desk, and what leaves it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vermittlerpost.cases.rules import Clarification, CloseReason, Party
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.rules.matching import EvbKind, Marks


class Outcome(StrEnum):
    """What became of a message; a registration taken back beforehand is `voided`, a signal `revoked`."""

    OPENED = "opened"
    CLARIFIED = "clarified"
    PREVENTED = "prevented"
    VOIDED = "voided"
    REVOKED = "revoked"
    ENDED = "ended"
    PLATE_CHANGED = "plate_changed"
    BELONGS = "belongs"
    WAITING = "waiting"
    UNMATCHED = "unmatched"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """An eVB with what its agency and carrier add to it; agency, Land and process are empty where there is none.

    `issued_to` is the agency that it was issued to, if its portfolio has gone to `agency` since.
    """

    carrier: str
    process: str
    agency: str
    land: str
    policyholder: Party
    valid_until: date | None
    kind: EvbKind
    issued_to: str = ""


@dataclass(kw_only=True)
class Waiting:
    """An application that has ended nothing yet."""

    application_id: str
    received_at: datetime
    marks: Marks
    is_spent: bool = False


@dataclass(kw_only=True)
class SortedNotice:
    """A notice and what became of it: the `case` that it opens, or the day on which it was settled without one."""

    row: NoticeRow
    outcome: Outcome
    case: str = ""
    clarification: Clarification | None = None
    settled_on: date | None = None


@dataclass(kw_only=True)
class SortedApplication:
    """An application and what became of it."""

    row: ApplicationRow
    outcome: Outcome
    message_id: str = ""


@dataclass(frozen=True, kw_only=True)
class End:
    """An end that a message puts to a case."""

    case: str
    reason: CloseReason
    on: date
    cause: str


@dataclass(frozen=True, kw_only=True)
class Renaming:
    """A plate that a plate change gives to the vehicle of a case."""

    case: str
    row: NoticeRow


@dataclass(kw_only=True)
class Outbox:
    """What the desk leaves to be written: `spent` maps applications that waited to the notice they prevented."""

    notices: list[SortedNotice] = field(default_factory=list)
    applications: list[SortedApplication] = field(default_factory=list)
    spent: dict[str, str] = field(default_factory=dict)
    ends: list[End] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
