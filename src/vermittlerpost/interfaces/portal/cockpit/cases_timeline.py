"""A case as a line of moments, in words that its agency understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import KINDS, filled
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.kinds import KINDS as LETTER_KINDS

# What the page says elsewhere (receipts, mails, the letters themselves) or what only the operator needs.
_UNTOLD = (
    "case.retried", "case.stuck", "letter.batched", "letter.issued", "letter.provided", "letter.read",
    "letter.recalled", "letter.receipt", "letter.rendered", "letter.rendering", "letter.settled", "letter.unread",
    "mail.",
)  # fmt: skip
_OTHERWISE = {
    "case.rerouted": gettext_noop("Vorgang an Agentur {after} übergeben."),
    "letter.withdrawn": gettext_noop("Schreiben {letter} vor der Übergabe an die Post zurückgezogen."),
}
_TRANSLATED = ("title", "words", "reason")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened, and who did it."""

    at: datetime
    sentence: str
    actor: str


def moments_of(case: str, reader: Account) -> list[Moment]:
    """Return what happened in a case, oldest first, as far as its agency is told."""
    entries = [entry for entry in journal.about(case) if not entry.kind.startswith(_UNTOLD)]
    named = {value for entry in entries for value in _people(entry.kind, entry.data)}
    names = names_of(reader, named | {entry.actor for entry in entries})
    titles = {letter.id: f"„{LETTER_KINDS[letter.kind].title}“" for letter in letters.of_case(case)}
    return [
        Moment(
            at=entry.at,
            sentence=filled(
                gettext(_OTHERWISE.get(entry.kind, KINDS[entry.kind].sentence)),
                _in_words(entry.kind, entry.data, titles, names),
            ),
            actor=names[entry.actor],
        )
        for entry in entries
    ]


def _people(kind: str, data: Mapping[str, Any]) -> set[str]:
    return {data["before"], data["after"]} - {None} if kind == "letter.assigned" else set()


def _in_words(
    kind: str, data: Mapping[str, Any], titles: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, object]:
    words = {key: gettext(value) if key in _TRANSLATED and value else value for key, value in data.items()}
    if "letter" in words:
        words["letter"] = titles.get(words["letter"], words["letter"])
    people = _people(kind, data)
    return {
        key: names[value] if key in {"before", "after"} and value in people else value for key, value in words.items()
    }
