"""Ask who wants what."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db.models import F

from vermittlerpost.agencies.rules import Reader
from vermittlerpost.lib import clock
from vermittlerpost.notifications import models
from vermittlerpost.notifications.categories import CATEGORIES, DOCUMENT_PROVIDED, Role
from vermittlerpost.notifications.queries.mails import suppressed
from vermittlerpost.notifications.rules import Matter, Preference, Wish, decide, effective

_COLUMNS = ("user", "choice", "until")
_LIMITED_LAST = F("until").asc(nulls_first=True)


def chosen(users: Sequence[int]) -> dict[tuple[int, str], list[models.Preference]]:
    """Return what users chose, by user and category: of more than one the last holds, the first does so again later."""
    found = defaultdict(list)
    today = clock.today()
    for row in models.Preference.objects.filter(user__in=users).order_by(_LIMITED_LAST):
        if not wish_of(row).is_over(today):
            found[row.user_id, row.category].append(row)
    return found


def wish_of(row: models.Preference) -> Wish:
    """Return what a row says."""
    return Wish(wanted=row.choice, until=row.until)


def preferences(users: Sequence[int], category: str) -> Callable[[Reader], Preference]:
    """Return a function that tells a reader's effective preference for a category, asked once for all users."""
    today = clock.today()
    rows = models.Preference.objects.filter(user__in=users, category=category).order_by(_LIMITED_LAST)
    wishes = [(user, Wish(wanted=choice, until=until)) for user, choice, until in rows.values_list(*_COLUMNS)]
    holding = {user: wish for user, wish in wishes if not wish.is_over(today)}
    return lambda reader: preference_of(reader, category, holding.get(reader.user))


def preference_of(reader: Reader, category: str, wish: Wish | None) -> Preference:
    """Return a reader's effective preference for a category, given what he explicitly chose."""
    role = Role(administrator=reader.administrator, restricted=reader.restricted)
    return effective(wish, default=CATEGORIES[category].role_default(role))


def willing(readers: Sequence[Reader], category: str) -> int:
    """Return how many mails something new of a category would make if it were put before these readers now."""
    preference_by_reader = preferences([reader.user for reader in readers], category)
    news = Matter(id="", case="", category=category, agency="", due_on=None, urgency="", void="")
    bounced = suppressed([reader.address for reader in readers])
    return sum(one.reason is None for one in decide(news, readers, preference_by_reader, bounced, set()))


def document_categories() -> set[str]:
    """Return the categories that documents may be provided under."""
    return {code for code, category in CATEGORIES.items() if category.event == DOCUMENT_PROVIDED}
