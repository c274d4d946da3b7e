"""Who is told about what: R1 and R2 as answers."""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from vermittlerpost.agencies.rules import Reader


class Outcome(StrEnum):
    """What became of telling one user about one letter."""

    MAILED = "mailed"
    NOT_MAILED = "not_mailed"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why somebody in scope is not mailed; of several the first in this order is given."""

    INACTIVE = "inactive"
    TECHNICAL = "technical"
    NO_RIGHT = "no_right"
    PREFERENCE = "preference"
    NO_ADDRESS = "no_address"
    ALREADY_MAILED = "already_mailed"
    CASE_ENDED = "case_ended"
    OUT_OF_SCOPE = "out_of_scope"
    RECALLED = "recalled"


class Origin(StrEnum):
    """Where an effective preference comes from."""

    EXPLICIT = "explicit"
    TEMPORARY = "temporary"
    ROLE_DEFAULT = "role_default"


ERASED_ADDRESS = "gelöscht:"
"""What stands, with a number behind it, where an address stood that need no longer be kept."""


class MailState(StrEnum):
    """Where a mail is; `unknown` may or may not have left and is never repeated by itself."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a mail can speak of: a letter or document that was provided; `void` is the reason why nobody is told.

    It is put before an `agency`, or before an `audience` if it belongs to none.
    """

    id: str
    case: str
    category: str
    agency: str
    audience: str = ""
    urgency: str
    due_on: date | None
    void: str


@dataclass(frozen=True, kw_only=True)
class Preference:
    """Whether a user wants mails of a category, and who says so."""

    wanted: bool
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Whether a user is mailed about a matter, and why not."""

    reader: Reader
    reason: Reason | None
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody explicitly chose; with `until` up to and including that day, beside what holds before and after."""

    wanted: bool
    until: date | None = None

    def is_over(self, on: date) -> bool:
        """Tell whether its last day lies behind."""
        return self.until is not None and self.until < on


ONLY_A_CHOICE_ENDS = "Befristen lässt sich nur Ja oder Nein; die Vorbelegung gilt danach von selbst wieder."
LIES_BEHIND = "Dieser Tag ist schon vorbei. Wählen Sie einen späteren, oder lassen Sie das Feld leer."


def flaw_of(wanted: bool | None, until: date | None, on: date) -> str:  # noqa: FBT001 (what is chosen, as elsewhere)
    """Return what speaks against an exception, nothing if it is one or none: it is Ja or Nein, up to a day to come."""
    if until is None:
        return ""
    if wanted is None:
        return ONLY_A_CHOICE_ENDS
    return LIES_BEHIND if until < on else ""


def effective(wish: Wish | None, *, default: bool) -> Preference:
    """Return the effective preference (R2): what is explicitly chosen, else what the role says at this moment."""
    if wish is None:
        return Preference(wanted=default, origin=Origin.ROLE_DEFAULT)
    return Preference(wanted=wish.wanted, origin=Origin.TEMPORARY if wish.until else Origin.EXPLICIT)


def obstacle(reader: Reader, preference: Preference, *, deliverable: bool) -> Reason | None:
    """Return the first reason of R1 that speaks against mailing a user in scope, but for what was mailed before."""
    hindrances = (
        (not reader.active, Reason.INACTIVE),
        (reader.technical, Reason.TECHNICAL),
        (not reader.may_view, Reason.NO_RIGHT),
        (not preference.wanted, Reason.PREFERENCE),
        (not deliverable, Reason.NO_ADDRESS),
    )
    return next((reason for hinders, reason in hindrances if hinders), None)


def decide(
    matter: Matter,
    readers: Sequence[Reader],
    preference_of: Callable[[Reader], Preference],
    suppressed: set[str],
    mailed: set[str],
) -> list[Decision]:
    """Decide about every user in scope, by login id; `mailed` are the addresses that know of the matter already."""
    told = set(mailed)
    decisions = []
    for reader in sorted(readers, key=lambda reader: reader.login_id):
        preference = preference_of(reader)
        deliverable = bool(reader.address) and reader.address not in suppressed
        reason = obstacle(reader, preference, deliverable=deliverable)
        if reason is None and reader.address in told:
            reason = Reason.ALREADY_MAILED
        elif reason is None and matter.void:
            reason = Reason(matter.void)
        if reason is None:
            told.add(reader.address)
        decisions.append(Decision(reader=reader, reason=reason, origin=preference.origin))
    return decisions


def reached(readers: Sequence[Reader], willing: Container[str]) -> list[str]:
    """Return who would be mailed about a matter that is new to all: of those whom nothing hinders, one per address.

    This is `decide` for the readers of one agency, where what speaks against each is known beforehand; they come by
    login id.
    """
    found: dict[str, str] = {}
    for reader in readers:
        if reader.login_id in willing:
            found.setdefault(reader.address, reader.login_id)
    return list(found.values())


LONGEST_RETRY = timedelta(hours=72)
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=4)


def pause_before(repetition: int, jitter: float) -> timedelta:
    """Return how long to wait before a repetition (1 is the first): doubled each time, stretched by up to a fifth.

    `jitter` lies between -1 and 1; it keeps mails that failed together from coming back together.
    """
    doublings = min(repetition, 9) - 1
    return min(_FIRST_RETRY * (1 << doublings), _LONGEST_PAUSE) * (1 + jitter / 5)


_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_NOT_THE_ADDRESS = re.compile(r"5\.(2\.[23]|3\.\d+|4\.\d+|7\.\d+)")
"""Full mailboxes, too large mails, trouble of servers and networks, and policies: no fault of the address."""


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A mail server's word that a mail could not be delivered: never to this address, or not this time.

    `recipient` is the address or its hash where the word counts for that only; `at` is when it came, if not just now.
    """

    mail: str
    is_permanent: bool
    reason: str
    recipient: str = ""
    at: datetime | None = None


def status_in(text: str) -> str:
    """Return the status code (RFC 3463) that a mail server names, or nothing."""
    found = _STATUS.search(text)
    return found[0] if found else ""


def is_for_good(status: str) -> bool:
    """Tell whether a status code says that an address will never take a mail."""
    return status.startswith("5") and not _NOT_THE_ADDRESS.fullmatch(status)


def bounce_of(mail: str, status: str) -> Bounce:
    """Return what a status code about a mail means; without one it may pass."""
    return Bounce(mail=mail, is_permanent=is_for_good(status), reason=bounce_reason(status))


def bounce_reason(status: str) -> str:
    """Return what is kept of a server's words: nothing else, since they may quote the address."""
    return f"Unzustellbar laut Mailserver, Status {status or 'ohne Angabe'}"


def names(recipient: str, address: str) -> bool:
    """Tell whether a recipient is this address or the SHA-256 of it in small letters; nothing stands for any."""
    told, meant = recipient.strip().lower(), address.lower()
    return told in {"", meant, sha256(meant.encode()).hexdigest()}


class BounceFate(StrEnum):
    """What a bounce led to: nothing where the mail is not ours or was counted before."""

    SUPPRESSED = "suppressed"
    COUNTED = "counted"
    UNKNOWN = "unknown"


SOFT_BOUNCES, SOFT_WINDOW = 3, timedelta(days=7)
"""So many failures within so long a time count as one for good."""


def fails_too_often(moments: Iterable[datetime], at: datetime) -> bool:
    """Tell whether the failure at a moment, which is among them, lies that close to others, whenever they were told."""
    ordered = sorted(moments)
    spans = zip(ordered, ordered[SOFT_BOUNCES - 1 :], strict=False)
    return any(first <= at <= last and last - first < SOFT_WINDOW for first, last in spans)
