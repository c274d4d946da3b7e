"""Ask what was written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.letters import rendering
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.models import Letter, Rendering
from vermittlerpost.letters.rendering import Text
from vermittlerpost.letters.rules import EarlierLetter, Facts


def visible_to(user: User) -> QuerySet[Letter]:
    """Return the letters that a user may see: of the agencies in his scope, if he may see portfolio data at all."""
    if not user.is_active or Right.VIEW_PORTFOLIO not in user.rights:
        return Letter.objects.none()
    visible = list(agencies.visible_to(user).values_list("number", flat=True))
    return Letter.objects.filter(agency__in=visible)


def of_case(case: str) -> QuerySet[Letter]:
    """Return the letters of a case in the order of their issue."""
    return Letter.objects.filter(case=case).order_by("issued_at", "id")


def facts_of(letter_ids: Sequence[str]) -> list[Facts]:
    """Return the frozen facts of letters in the given order."""
    frozen = dict(Letter.objects.filter(id__in=letter_ids).values_list("id", "facts"))
    return [Facts.from_json(frozen[letter]) for letter in letter_ids]


def text_of(letter: str) -> Text:
    """Return what a letter says, in the words of its PDF; refuses an unknown letter with DoesNotExist."""
    return rendering.text_of(Facts.from_json(Letter.objects.values_list("facts", flat=True).get(id=letter)))


def titles_of(cases: Sequence[str]) -> Mapping[str, tuple[EarlierLetter, ...]]:
    """Return what was written in cases so far, oldest first."""
    titles: dict[str, tuple[EarlierLetter, ...]] = defaultdict(tuple)
    letters = Letter.objects.filter(case__in=cases).order_by("issued_at", "id")
    for case, kind, issued_on in letters.values_list("case", "kind", "issued_on"):
        titles[case] += (EarlierLetter(title=KINDS[kind].title, issued_on=issued_on),)
    return titles


def to_render() -> QuerySet[Rendering]:
    """Return the letters whose PDF is not made yet."""
    return Rendering.objects.filter(sha256="", stuck_at=None)


def stuck() -> QuerySet[Rendering]:
    """Return the letters whose PDF could not be made."""
    return Rendering.objects.exclude(stuck_at=None)
