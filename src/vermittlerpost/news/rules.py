"""What makes a news item fit to be published, and what a question to the contact must say."""

import re
from dataclasses import dataclass
from datetime import date, time

from vermittlerpost.agencies.rules import Audience

TOLD_FROM = time(7)
"""Nobody is mailed about an item before this hour of its first day."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ARCHIVE = "archiv"
_LONGEST_SLUG = 80
_LONGEST_TITLE = 120
_LONGEST_TEASER = 400


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A news item as it was written: Markdown in `body`, `valid_until` is the last day before it is archived."""

    slug: str
    title: str
    teaser: str
    body: str
    audience: Audience
    valid_from: date
    valid_until: date | None


def flaws(draft: Draft) -> list[str]:
    """Return what keeps a draft from being published, in German sentences."""
    ends_early = draft.valid_until is not None and draft.valid_until < draft.valid_from
    wrong = {
        "Der Kurzname besteht aus höchstens 80 kleinen Buchstaben, Ziffern und einzelnen Bindestrichen.": (
            not _SLUG.fullmatch(draft.slug) or len(draft.slug) > _LONGEST_SLUG
        ),
        "So heißt eine Seite des Portals; bitte einen anderen Kurznamen wählen.": draft.slug == _ARCHIVE,
        "Der Titel fehlt, ist länger als 120 Zeichen oder geht über mehrere Zeilen.": (
            not _is_line(draft.title, _LONGEST_TITLE)
        ),
        "Der Anreißer fehlt, ist länger als 400 Zeichen oder geht über mehrere Zeilen.": (
            not _is_line(draft.teaser, _LONGEST_TEASER)
        ),
        "Der Text fehlt.": not draft.body.strip(),
        "Der letzte Tag liegt vor dem ersten.": ends_early,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def _is_line(text: str, longest: int) -> bool:
    return bool(text.strip()) and len(text) <= longest and text.isprintable()
