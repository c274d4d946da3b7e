"""A case as a line of moments, in words that its agency understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import KINDS, filled
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.kinds import KINDS as LETTER_KINDS

# What the page says elsewhere (receipts, mails, the letters themselves) or what only the operator needs.
_UNTOLD = (
    "case.cancellation_", "case.cleared", "case.followed", "case.retried", "case.stuck",
    "letter.batched", "letter.issued", "letter.provided", "letter.read", "letter.recalled", "letter.receipt",
    "letter.rendered", "letter.rendering", "letter.settled", "letter.unread",
    "mail.",
)  # fmt: skip
_OTHERWISE = {
    "case.reopened": gettext_noop("Vorgang wieder geöffnet; nächster Schritt: {next_on}."),
    "case.rerouted": gettext_noop("Vorgang an Agentur {after} übergeben."),
    "letter.withdrawn": gettext_noop("Schreiben {letter} vor der Übergabe an die Post zurückgezogen."),
}
_TRANSLATED = ("title", "words", "reason")
_PERSONS = {"letter.assigned": ("before", "after"), "ending.receipt": ("actor",)}
"""What in the data of an entry is somebody's login id."""


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
    titles = {letter.id: f"„{LETTER_KINDS[letter.kind].titled(letter.due_on)}“" for letter in letters.of_case(case)}
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
    return {data[key] for key in _PERSONS.get(kind, ())} - {None}


def _in_words(
    kind: str, data: Mapping[str, Any], titles: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, object]:
    words = {key: gettext(value) if key in _TRANSLATED and value else value for key, value in data.items()}
    words |= {key: titles.get(words[key], words[key]) for key in ("letter", "later") if key in words}
    if "receipt" in words:
        words["receipt"] = letter_words.RECEIPTS[words["receipt"]]
    return words | {key: names[words[key]] for key in _PERSONS.get(kind, ()) if words[key]}
