"""Choose which mails a user gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict
from vermittlerpost.notifications import events
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.models import Preference
from vermittlerpost.notifications.queries.wishes import wish_of
from vermittlerpost.notifications.rules import Wish

Slot = tuple[int, str, bool]
"""Where a choice is kept: by user and category, and whether it is an exception that ends."""

Stored = dict[Slot, Wish | None]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An explicit choice; `wanted` is None to go back to what the role says.

    With `until` it is an exception up to and including that day: what was chosen before stays, and holds afterwards.
    Without, it ends an exception.
    """

    login_id: str
    category: str
    wanted: bool | None
    until: date | None = None


@transaction.atomic
def put_preferences(choices: Sequence[Choice], *, by: str) -> list[Verdict]:
    """Make explicit choices, later ones replacing earlier ones; refuses an unknown user and an unknown category."""
    take_turns("preferences")
    users = {user.login_id: user.id for user in agencies.users_by_login({c.login_id for c in choices}).values()}
    # Exceptions that are over are remembered no longer than until somebody chooses anew.
    Preference.objects.filter(user__in=users.values(), until__lt=clock.today()).delete()
    rows = {_slot(row): row for row in Preference.objects.filter(user__in=users.values())}
    before: Stored = {slot: wish_of(row) for slot, row in rows.items()}
    after = dict(before)
    verdicts = [_take(choice, users, after) for choice in choices]
    changed = [slot for slot in after if after[slot] != before.get(slot)]
    Preference.objects.filter(id__in=[rows[slot].id for slot in changed if slot in rows]).delete()
    _write({slot: after[slot] for slot in changed}, by=by)
    _record(list(dict.fromkeys((user, category) for user, category, _ in changed)), before, after, by=by)
    return verdicts


def _slot(row: Preference) -> Slot:
    return row.user_id, row.category, row.until is not None


def _take(choice: Choice, users: Mapping[str, int], stored: Stored) -> Verdict:
    if choice.login_id not in users:
        return Objection("login_id", "Diese Benutzerkennung ist nicht bekannt.")
    if choice.category not in CATEGORIES:
        return Objection("category", "Diese Kategorie gibt es nicht.")
    wish = None if choice.wanted is None else Wish(wanted=choice.wanted, until=choice.until)
    lasting, limited = (users[choice.login_id], choice.category, False), (users[choice.login_id], choice.category, True)
    said = {limited: wish} if choice.until else {lasting: wish, limited: None}
    is_known = all(stored.get(slot) == wish for slot, wish in said.items())
    stored.update(said)
    return Known() if is_known else Accepted()


def _write(changed: Stored, *, by: str) -> None:
    now = clock.now()
    Preference.objects.bulk_create(
        Preference(user_id=user, category=category, choice=wish.wanted, until=wish.until, chosen_at=now, chosen_by=by)
        for (user, category, _), wish in changed.items()
        if wish
    )


def _record(keys: Sequence[tuple[int, str]], before: Stored, after: Stored, *, by: str) -> None:
    logins = agencies.logins_of({user for user, _ in keys})
    journal.record(
        [_event(f"user:{logins[key[0]]}", key[1], _holding(before, key), _holding(after, key)) for key in keys], by=by
    )


def _holding(stored: Stored, key: tuple[int, str]) -> Wish | None:
    return stored.get((*key, True)) or stored.get((*key, False))


def _event(subject: str, category: str, before: Wish | None, after: Wish | None) -> Event:
    data = {"category": category, "before": before and before.wanted, "after": after and after.wanted}
    if after and after.until:
        return Event(kind=events.PREFERENCE_LIMITED, subject=subject, data=data | {"until": after.until.isoformat()})
    return Event(kind=events.PREFERENCE_CHANGED, subject=subject, data=data)
