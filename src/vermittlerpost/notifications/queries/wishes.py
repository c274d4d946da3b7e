"""Ask who wants what."""

from collections.abc import Callable, Sequence

from vermittlerpost.agencies.rules import Reader
from vermittlerpost.notifications import models
from vermittlerpost.notifications.categories import CATEGORIES, DOCUMENT_PROVIDED, Role
from vermittlerpost.notifications.rules import Preference, effective


def preferences(users: Sequence[int], category: str) -> Callable[[Reader], Preference]:
    """Return a function that tells a reader's effective preference for a category, asked once for all users."""
    rows = models.Preference.objects.filter(user__in=users, category=category)
    choices = dict(rows.values_list("user", "choice"))
    return lambda reader: preference_of(reader, category, choice=choices.get(reader.user))


def preference_of(reader: Reader, category: str, *, choice: bool | None) -> Preference:
    """Return a reader's effective preference for a category, given his explicit choice."""
    role = Role(administrator=reader.administrator, restricted=reader.restricted)
    return effective(choice=choice, default=CATEGORIES[category].role_default(role))


def document_categories() -> set[str]:
    """Return the categories that documents may be provided under."""
    return {code for code, category in CATEGORIES.items() if category.event == DOCUMENT_PROVIDED}
