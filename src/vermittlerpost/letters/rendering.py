"""From frozen facts to what is read: the text for the portal's page, and the PDF for everything else."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from vermittlerpost.letters.kinds import WORDED, Kind, Passage, Passages, Wording
from vermittlerpost.letters.layout import cover, sheet
from vermittlerpost.letters.layout.characters import unprintable
from vermittlerpost.letters.layout.sheet import Place
from vermittlerpost.letters.rules import Cover, Facts, words
from vermittlerpost.lib import pdf
from vermittlerpost.lib.errors import Refused

_MAIN = '#import "letter.typ": letters\n#letters(json("letters.json"))\n'
_FACTS = (
    ("Kennzeichen", "plate"),
    ("Bisheriges Kennzeichen", "previous_plates"),
    ("Saison", "season"),
    ("Fahrzeug-Ident.-Nr. (FIN)", "vin"),
    ("HSN / TSN", "hsn_tsn"),
    ("eVB-Nummer", "evb"),
    ("Zugelassen", "registered"),
    ("Versicherungsnehmer", "policyholder"),
    ("Halter (abweichend)", "keeper"),
    ("Bisherige Schreiben", "earlier"),
)
_NO_COVERS: Mapping[str, Cover] = {}


class NoSuchWording(Refused):
    """There is no such kind of letter, or it says nothing at this urgency."""

    code = "no_such_wording"


class FactMissing(Refused):
    """The text of the letter names something that its facts do not tell."""

    code = "fact_missing"


class NotPrintable(Refused):
    """A character is not in the fonts of the letters, which show all of DIN 91379."""

    code = "not_printable"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a table: what it is, and what is known of it."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a letter says, section by section in the order of its page."""

    title: str
    subject: str
    salutation: str = "Sehr geehrte Damen und Herren,"
    request: Sequence[str]
    message: Sequence[str]
    deadline: str
    columns: Sequence[str] = ("Angabe", "Uns bekannter Stand")
    facts: Sequence[Row]
    otherwise_title: str = "Wie es weitergeht"
    otherwise: Sequence[str]
    answer_title: str = "So antworten Sie"
    answer: Sequence[Row]
    closing: Sequence[str]


def text_of(facts: Facts) -> Text:
    """Return what a letter says, for pages that show it as text.

    Refuses a kind or urgency without wording (`NoSuchWording`) and facts that the wording needs (`FactMissing`).
    """
    kind, wording = _chosen(facts)
    known = {name: value for name, value in vars(words(facts)).items() if value}
    return Text(
        title=kind.titled(facts.due_on),
        subject=" ".join(_said(wording.subject, known)),
        request=_said(wording.request, known),
        message=[line for text in _said(wording.message, known) for line in _lines(text)],
        deadline=" ".join(_said(wording.deadline, known)),
        facts=[Row(label=label, value=known[name]) for label, name in _FACTS if name in known],
        otherwise=_said(wording.otherwise, known),
        answer=[Row(label=one.label, value=_filled(one, known)) for one in kind.answer if one.applies(known)],
        closing=["Mit freundlichen Grüßen", facts.carrier.legal_name],
    )


def render(facts: Facts) -> bytes:
    """Return the letter as PDF/A-3a and PDF/UA-1; the same facts give the same bytes.

    Refuses what `text_of` refuses, and characters that no font shows (`NotPrintable`).
    """
    made = _set([(facts, Place())], form=pdf.ACCESSIBLE)
    pages = pdf.pages(made)
    return made if pages == 1 else _set([(facts, Place(pages=pages))], form=pdf.ACCESSIBLE)


def render_batch(batch: Sequence[Facts], covers: Mapping[str, Cover] = _NO_COVERS) -> bytes:
    """Return the letters as one PDF/A-3b to be printed, in the given order, numbered from 1 for the inserter.

    A letter (by its id) that has a cover goes behind it in one envelope. Refuses what `render` refuses, and an empty
    batch with ValueError.
    """
    if not batch:
        raise ValueError("An empty batch has no pages.")
    letters = [
        (facts, Place(number=number, before=int(facts.letter in covers))) for number, facts in enumerate(batch, start=1)
    ]
    made = _set(letters, covers, form=pdf.PAPER)
    sheets = sum(place.before + place.pages for _, place in letters)
    return made if pdf.pages(made) == sheets else _set(_measured(letters), covers, form=pdf.PAPER)


def _measured(letters: Sequence[tuple[Facts, Place]]) -> list[tuple[Facts, Place]]:
    pages = [pdf.pages(_set([letter], form=pdf.PAPER)) for letter in letters]
    return [(facts, replace(place, pages=n)) for (facts, place), n in zip(letters, pages, strict=True)]


def _set(
    letters: Sequence[tuple[Facts, Place]], covers: Mapping[str, Cover] = _NO_COVERS, *, form: pdf.Format
) -> bytes:
    first, on = letters[0][0], max(facts.issued_on for facts, _ in letters)
    sheets = [one for facts, place in letters for one in _sheets(facts, place, covers.get(facts.letter))]
    job = {"title": sheets[0]["subject"], "author": first.carrier.legal_name, "letters": sheets}
    files = {"letters.json": json.dumps(job)}
    for facts, place in letters:
        files |= sheet.pictures(facts, place)
    return _press().typeset(_MAIN, files, on=on, form=form)


@cache
def _press() -> pdf.Press:
    return pdf.Press(sheet.FOLDER)


def _sheets(facts: Facts, place: Place, before: Cover | None) -> Iterator[dict[str, Any]]:
    if before:
        yield cover.values(facts, before, place)
    yield _sheet(facts, place)


def _sheet(facts: Facts, place: Place) -> dict[str, Any]:
    _refuse_unprintable(facts)
    text = text_of(facts)
    return {
        **vars(text),
        "facts": [[row.label, row.value] for row in text.facts],
        "answer": [[row.label, row.value] for row in text.answer],
        **sheet.values(facts, place),
    }


def _refuse_unprintable(facts: Facts) -> None:
    if found := unprintable(facts):
        character, field = found
        code = f"U+{ord(character):04X}"
        raise NotPrintable(
            "Das Zeichen „{character}“ ({code}) im Feld {field} lässt sich nicht drucken. Bitte ersetzen Sie es.",
            character=character,
            code=code,
            field=field,
        )


def _chosen(facts: Facts) -> tuple[Kind, Wording]:
    try:
        kind = WORDED[facts.kind, facts.wording]
        return kind, kind.wordings[facts.urgency]
    except KeyError as error:
        raise NoSuchWording(
            "Für die Schreibenart „{kind}“ mit der Dringlichkeit „{urgency}“ gibt es keinen Text.",
            kind=facts.kind,
            urgency=facts.urgency,
        ) from error


def _said(passages: Passages, known: Mapping[str, str]) -> list[str]:
    return [_filled(passage, known) for passage in passages if passage.applies(known)]


def _filled(passage: Passage, known: Mapping[str, str]) -> str:
    try:
        return passage.text.format_map(known)
    except KeyError as error:
        name = str(error.args[0])
        raise FactMissing("Dem Schreiben fehlt eine Angabe: {name}.", name=name) from error


def _lines(text: str) -> Iterator[str]:
    return filter(None, (" ".join(line.split()) for line in text.splitlines()))
