"""The rows of the list in words: said once for all rows that share them, since most of a page is rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from vermittlerpost.delivery.rules import Row
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.interfaces.portal.templatetags.portal import day, days_left, due_day, urgency
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row with its words; `mark` is its urgency as it is shown, `provided` the day on which it came."""

    row: Row
    address: str
    title: str
    provided: str
    carrier: str
    mark: str
    due: str
    days_left: str
    end: str


def lines_of(rows: Sequence[Row], carriers: Mapping[str, str]) -> list[Line]:
    """Return rows with the words for their codes and days; `carriers` are names by code."""
    marks = {code: urgency(code) for code in {row.urgency for row in rows}}
    titles = {(kind, due): gettext(KINDS[kind].titled(due)) for kind, due in {(row.kind, row.due_on) for row in rows}}
    days = {due_on: (due_day(due_on), days_left(due_on)) for due_on in {row.due_on for row in rows}}
    mailbox, of_day = reverse("mailbox"), gettext("vom %(day)s")
    ends = {code: letter_words.end(code) for code in {row.done_reason for row in rows}}
    return [
        Line(
            row=row,
            address=f"{mailbox}{row.letter}/",
            title=titles[row.kind, row.due_on],
            provided=of_day % {"day": day(clock.german_day(row.provided_at))},
            carrier=carriers.get(row.carrier, row.carrier),
            mark=marks[row.urgency],
            due=days[row.due_on][0],
            days_left="" if row.done_on else days[row.due_on][1],
            end=ends[row.done_reason],
        )
        for row in rows
    ]


def labels() -> Mapping[str, str]:
    """Return what every row says."""
    return {
        "choose": gettext("Auswählen"),
        "urgency": gettext("Dringlichkeit"),
        "provided": gettext("Bereitgestellt"),
        "plate": gettext("Kennzeichen"),
        "policyholder": gettext("Versicherungsnehmer"),
        "agency": gettext("Agentur"),
        "due": gettext("Frist"),
        "standing": gettext("Zustand"),
        "unread": gettext("ungelesen"),
        "read": gettext("gelesen"),
        "done": gettext("erledigt"),
        "at": gettext("bei"),
        "fetched": gettext("über BiPRO abgerufen"),
        "acknowledged": gettext("über BiPRO quittiert"),
        "mark_done": gettext("Als erledigt vermerken"),
        "reopen": gettext("Wieder öffnen"),
    }
