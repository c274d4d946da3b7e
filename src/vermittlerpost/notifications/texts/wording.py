"""What a mail may tell, in German: how many, by when, how urgent, for which agencies, no more (R4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vermittlerpost.notifications.categories import Category

URGENCIES = ("normal", "hoch", "letzte")
_HIGHEST_FIRST = tuple(reversed(URGENCIES))
_WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
_AGENCIES_IN_SUBJECT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Name one thing provided by its id in the portal; news has no agency, a document no due day."""

    letter: str
    agency: str | None = None
    urgency: str = "normal"
    due_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an urgency that has no word."""
        if self.urgency not in URGENCIES:
            raise ValueError(f"{self.urgency} is no urgency.")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Sum up things: `urgencies` counts them, the highest first; `due_on` is the earliest due day."""

    count: int
    urgencies: Mapping[str, int]
    due_on: date | None

    @property
    def urgency(self) -> str:
        """Return the highest urgency."""
        return next(iter(self.urgencies))


@dataclass(frozen=True, slots=True)
class Summary:
    """Sum up a mail: as a whole, and per agency number (empty: none) with what is due first on top."""

    whole: Bundle
    agencies: Sequence[tuple[str, Bundle]]


def summary(items: Sequence[Item]) -> Summary:
    """Sum up the things that one mail is about."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.agency or ""].append(item)
    whole = _bundle(items)
    if len(groups) == 1:
        return Summary(whole, [(agency, whole) for agency in groups])
    return Summary(whole, sorted([(agency, _bundle(group)) for agency, group in groups.items()], key=_pressing))


def _bundle(items: Sequence[Item]) -> Bundle:
    words = [item.urgency for item in items]
    urgencies = {urgency: words.count(urgency) for urgency in _HIGHEST_FIRST if urgency in words}
    return Bundle(len(items), urgencies, min([item.due_on for item in items if item.due_on], default=None))


def _pressing(group: tuple[str, Bundle]) -> tuple[date, int, str]:
    agency, bundle = group
    return bundle.due_on or date.max, -URGENCIES.index(bundle.urgency), agency


def subject(category: Category, mail: Summary) -> str:
    """Return the subject line: what, by when, how urgent, for which agency."""
    what, when, where = counted(category, mail.whole.count), terms(mail.whole), _agencies(mail)
    return what + (when and f" – {when}") + (where and f" ({where})")


def counted(category: Category, count: int) -> str:
    """Return a number of things of a category."""
    return f"{count} {category.one if count == 1 else category.many}"


def terms(bundle: Bundle) -> str:
    """Return due day and highest urgency in one line, as far as there is something to say."""
    due = f"{'Frist' if bundle.count == 1 else 'nächste Frist'} {day(bundle.due_on)}" if bundle.due_on else ""
    if bundle.urgency == URGENCIES[0]:
        return due
    label = "Dringlichkeit" if len(bundle.urgencies) == 1 else "höchste Dringlichkeit"
    return (due and f"{due}, ") + f"{label}: {bundle.urgency}"


@lru_cache(maxsize=512)
def day(value: date) -> str:
    """Return a day as German letters write it: Mo., 13.04.2026."""
    return f"{_WEEKDAYS[value.weekday()]}, {value:%d.%m.%Y}"


def _agencies(mail: Summary) -> str:
    numbers = sorted([agency for agency, _ in mail.agencies if agency])
    if len(numbers) > _AGENCIES_IN_SUBJECT:
        return f"{len(numbers)} Agenturen"
    label = ("", "Agentur ", "Agenturen ")[len(numbers)]
    return label + " und ".join(numbers)
