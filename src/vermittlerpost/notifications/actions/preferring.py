"""Choose which mails a user gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An explicit choice; `wanted` is None to go back to what the role says."""

    login_id: str
    category: str
    wanted: bool | None


@transaction.atomic
def put_preferences(choices: Sequence[Choice], *, by: str) -> list[Verdict]:
    """Make explicit choices, later ones replacing earlier ones; refuses an unknown user and an unknown category."""
    take_turns("preferences")
    users = {user.login_id: user.id for user in agencies.users_by_login({c.login_id for c in choices}).values()}
    rows = {(row.user_id, row.category): row for row in Preference.objects.filter(user__in=users.values())}
    before = {key: row.choice for key, row in rows.items()}
    after = dict(before)
    verdicts = [_take(choice, users, after) for choice in choices]
    changed = [key for key in {**before, **after} if before.get(key) is not after.get(key)]
    Preference.objects.filter(id__in=[rows[key].id for key in changed if key in rows]).delete()
    _write(changed, before, after, by=by)
    return verdicts


def _take(choice: Choice, users: Mapping[str, int], stored: dict[tuple[int, str], bool]) -> Verdict:
    if choice.login_id not in users:
        return Objection("login_id", "Diese Benutzerkennung ist nicht bekannt.")
    if choice.category not in CATEGORIES:
        return Objection("category", "Diese Kategorie gibt es nicht.")
    key = (users[choice.login_id], choice.category)
    if stored.get(key) is choice.wanted:
        return Known()
    if choice.wanted is None:
        del stored[key]
    else:
        stored[key] = choice.wanted
    return Accepted()


def _write(
    changed: Sequence[tuple[int, str]],
    before: Mapping[tuple[int, str], bool],
    after: Mapping[tuple[int, str], bool],
    *,
    by: str,
) -> None:
    now = clock.now()
    Preference.objects.bulk_create(
        Preference(user_id=user, category=category, choice=after[user, category], chosen_at=now, chosen_by=by)
        for user, category in changed
        if (user, category) in after
    )
    logins = agencies.logins_of({user for user, _ in changed})
    journal.record(
        [
            Event(
                kind=events.PREFERENCE_CHANGED,
                subject=f"user:{logins[user]}",
                data={
                    "category": category,
                    "before": before.get((user, category)),
                    "after": after.get((user, category)),
                },
            )
            for user, category in changed
        ],
        by=by,
    )
