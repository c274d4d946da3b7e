"""Compare how a firm stands before and after a change: settings, views, gaps, and the last 90 days (B2, B3, B13)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vermittlerpost.lib import clock
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries.provided import WINDOW, Day, provided
from vermittlerpost.notifications.queries.standing import Gap, Member, Office, Setting, Standing

_EXAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class SettingChange:
    """What holds for a user and category before and after; a user who is yet to be created has no before."""

    login_id: str
    name: str
    category: str
    before: Setting | None
    after: Setting


@dataclass(frozen=True, kw_only=True)
class ViewChange:
    """The agencies that a user sees only after a change, and those that he sees no more."""

    login_id: str
    name: str
    gained: tuple[Office, ...]
    lost: tuple[Office, ...]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How many things of the last 90 days a user would have been mailed about additionally, or no more.

    `examples` are the latest days of them.
    """

    login_id: str
    name: str
    category: str
    gained: int
    lost: int
    examples: tuple[Day, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that a change would do (Wirkungsvorschau)."""

    settings: tuple[SettingChange, ...]
    views: tuple[ViewChange, ...]
    effects: tuple[Effect, ...]
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]


def compare(before: Standing, after: Standing) -> Preview:
    """Return what a change did, given how a firm stood before it and stands now."""
    changed = [
        (before.members.get(login_id), member)
        for login_id, member in after.members.items()
        if before.members.get(login_id) != member
    ]
    return Preview(
        settings=tuple(_settings(changed)),
        views=tuple(_views(changed, after.offices)),
        effects=tuple(_effects(before, after)),
        opened=tuple(gap for gap in after.gaps if gap not in set(before.gaps)),
        closed=tuple(gap for gap in before.gaps if gap not in set(after.gaps)),
    )


def _settings(changed: Sequence[tuple[Member | None, Member]]) -> Iterator[SettingChange]:
    for old, new in changed:
        for category, after in new.settings.items():
            before = old.settings[category] if old else None
            if before is None or _told(before) != _told(after):
                yield SettingChange(login_id=new.login_id, name=new.name, category=category, before=before, after=after)


def _told(setting: Setting) -> tuple[object, ...]:
    return setting.preference, setting.wish, setting.later, setting.obstacle


def _views(changed: Sequence[tuple[Member | None, Member]], offices: Mapping[str, Office]) -> Iterator[ViewChange]:
    for old, new in changed:
        seen = old.agencies if old else frozenset[str]()
        if seen != new.agencies:
            yield ViewChange(
                login_id=new.login_id,
                name=new.name,
                gained=tuple(offices[number] for number in sorted(new.agencies - seen)),
                lost=tuple(offices[number] for number in sorted(seen - new.agencies)),
            )


def _effects(before: Standing, after: Standing) -> Iterator[Effect]:
    gained, lost = _newly_told(before, after), _newly_told(after, before)
    days = _days(after) if gained or lost else {}
    for login_id, member in after.members.items():
        for category in CATEGORIES:
            more = _of(days.get(category, ()), gained[login_id, category])
            less = _of(days.get(category, ()), lost[login_id, category])
            if more or less:
                yield Effect(
                    login_id=login_id,
                    name=member.name,
                    category=category,
                    gained=sum(day.count for day in more),
                    lost=sum(day.count for day in less),
                    examples=tuple(_latest([*more, *less])),
                )


def _newly_told(before: Standing, after: Standing) -> defaultdict[tuple[str, str], set[str]]:
    """Return the agencies by user and category that he is told about after, and was not before."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (agency, category), logins in after.told.items():
        for login_id in set(logins) - set(before.told.get((agency, category), ())):
            found[login_id, category].add(agency)
    return found


def _days(standing: Standing) -> Mapping[str, list[Day]]:
    found: dict[str, list[Day]] = defaultdict(list)
    users = [member.id for member in standing.members.values()]
    for day in provided(agencies=list(standing.offices), users=users, since=clock.now() - WINDOW):
        found[day.category].append(day)
    return found


def _of(days: Sequence[Day], agencies: Collection[str]) -> list[Day]:
    """Return what was put before any of the agencies, each with those of them."""
    told = [(day, tuple(number for number in day.agencies if number in agencies)) for day in days]
    return [replace(day, agencies=numbers) for day, numbers in told if numbers]


def _latest(days: Sequence[Day]) -> list[Day]:
    return sorted(days, key=lambda day: (day.day, day.agencies), reverse=True)[:_EXAMPLES]
