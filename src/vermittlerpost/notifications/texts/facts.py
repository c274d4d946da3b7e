"""The facts of a mail, for its text part and for its HTML part: due day first, then urgency, then agency."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from string import Template

from vermittlerpost.notifications.texts import Page, encoded, source
from vermittlerpost.notifications.texts.wording import URGENCIES, Bundle, Summary, day

_COLUMN = 15
_SECTION = Page(source("facts.html"))
_FACT = Page(source("fact.html"))
_DUE = Page(source("due.html"))
_LOOKS = {
    "hoch": {"urgency": "hoch", "mark": "▲", "background": "#fff3d6", "color": "#7a4f00"},
    "letzte": {"urgency": "letzte", "mark": "▲▲", "background": "#fdeaea", "color": "#9b1c1c"},
}
_BADGES = {urgency: Template(source("badge.html")).safe_substitute(looks) for urgency, looks in _LOOKS.items()}


def as_text(mail: Summary) -> bytes:
    """Return the facts as lines with an empty one above, or nothing if there are none."""
    return listed_as_text([*_due(mail.whole), *_urgency(mail.whole), *_agency(mail)])


def listed_as_text(facts: Sequence[tuple[str, str]]) -> bytes:
    """Return labels and values as lines with an empty one above, or nothing if there are none."""
    if not facts:
        return b""
    width = max([_COLUMN, *[len(label) + 2 for label, _ in facts]])
    return encoded("".join(["\r\n", *[f"{label + ':':{width}}{value}\r\n" for label, value in facts]]))


def as_html(mail: Summary) -> bytes:
    """Return the facts as a section of the page, or nothing if there are none."""
    rows = [_row(_DUE, label, due) for label, due in _due(mail.whole)]
    rows += [_row(_FACT, label, _badges(mail.whole)) for label, _ in _urgency(mail.whole)]
    rows += [_row(_FACT, label, escape(agency)) for label, agency in _agency(mail)]
    return _SECTION.filled({b"rows": b"".join(rows)}) if rows else b""


def listed_as_html(facts: Sequence[tuple[str, str]]) -> bytes:
    """Return labels and values as a section of the page, or nothing if there are none."""
    # Nothing is cached here: it may be a person's.
    rows = [_FACT.filled({b"label": encoded(label), b"value": encoded(escape(value))}) for label, value in facts]
    return _SECTION.filled({b"rows": b"".join(rows)}) if rows else b""


@lru_cache(maxsize=4096)
def _row(page: Page, label: str, value: str) -> bytes:
    return page.filled({b"label": encoded(label), b"value": encoded(value)})


def _due(whole: Bundle) -> list[tuple[str, str]]:
    label = "Frist" if whole.count == 1 else "Nächste Frist"
    return [(label, day(whole.due_on))] if whole.due_on else []


def _urgency(whole: Bundle) -> list[tuple[str, str]]:
    if not whole.due_on and whole.urgency == URGENCIES[0]:
        return []
    return [("Dringlichkeit", ", ".join([_words(whole, urgency) for urgency in whole.urgencies]))]


def _words(whole: Bundle, urgency: str) -> str:
    return urgency if len(whole.urgencies) == 1 else f"{whole.urgencies[urgency]} × {urgency}"


def _badges(whole: Bundle) -> str:
    return " ".join([_badge(urgency, _words(whole, urgency)) for urgency in whole.urgencies])


def _badge(urgency: str, words: str) -> str:
    return _BADGES[urgency].replace("$words", words) if urgency in _BADGES else words


def _agency(mail: Summary) -> list[tuple[str, str]]:
    return [("Agentur", agency) for agency, _ in mail.agencies if agency and len(mail.agencies) == 1]
