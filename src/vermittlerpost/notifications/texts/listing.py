"""What falls to which agency, for mails about several, in so few lines that the mail stays short."""

from html import escape

from vermittlerpost.notifications.categories import Category
from vermittlerpost.notifications.texts import Page, encoded, source
from vermittlerpost.notifications.texts.wording import Summary, counted, terms

_MOST_LINES = 10

_SECTION = Page(source("listing.html"))
_AGENCY = Page(source("agency.html"))


def as_text(category: Category, mail: Summary) -> bytes:
    """Return a line per agency with an empty one above, or nothing if there is but one agency."""
    lines = [f"{who}: {', '.join(filter(None, what))}\r\n" for who, *what in _lines(category, mail)]
    return encoded("".join(["\r\n", *lines])) if lines else b""


def as_html(category: Category, mail: Summary) -> bytes:
    """Return a section with a row per agency, or nothing if there is but one agency."""
    rows = [
        _AGENCY.filled({b"agency": encoded(escape(who)), b"counted": encoded(things), b"terms": encoded(when)})
        for who, things, when in _lines(category, mail)
    ]
    return _SECTION.filled({b"rows": b"".join(rows)}) if rows else b""


def _lines(category: Category, mail: Summary) -> list[tuple[str, str, str]]:
    if len(mail.agencies) == 1:
        return []
    lines = [
        (_name(agency), counted(category, part.count), terms(part)) for agency, part in mail.agencies[:_MOST_LINES]
    ]
    return lines + _rest(category, mail)


def _name(agency: str) -> str:
    return f"Agentur {agency}" if agency else "Ohne Agentur"


def _rest(category: Category, mail: Summary) -> list[tuple[str, str, str]]:
    counts = [part.count for _, part in mail.agencies[_MOST_LINES:]]
    if not counts:
        return []
    label = "1 weitere Agentur" if len(counts) == 1 else f"{len(counts)} weitere Agenturen"
    return [(label, counted(category, sum(counts)), "")]
