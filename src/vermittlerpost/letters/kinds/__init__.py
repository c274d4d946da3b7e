"""The kinds of letters: one file each, with what it is called, where it belongs, and every sentence that it says.

A letter is shown for ever as it was written: what a kind says from now on is a new file, `reminder.2.toml`.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Self

from vermittlerpost.letters.events import TITLES
from vermittlerpost.letters.rules import NAMES
from vermittlerpost.lib import catalogue

_CATEGORY = re.compile(r"[a-z][a-z_]*")
_BIPRO_CODE = re.compile(r"[0-9]{9}")
_LATER = re.compile(r"[2-9]|[1-9][0-9]+")
# "§ 52 Abs. 4" never ends a line between its parts.
_UNBREAKABLE = (("§ ", "§\N{NO-BREAK SPACE}"), (" Abs. ", "\N{NO-BREAK SPACE}Abs.\N{NO-BREAK SPACE}"))


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text with `{placeholders}`, perhaps with a label; said only `when` (or `unless`) something is known."""

    text: str
    label: str = ""
    when: str = ""
    unless: str = ""

    def __post_init__(self) -> None:
        asked = {self.when, self.unless} - {""}
        if unknown := (asked | set(self.placeholders())) - NAMES:
            raise ValueError(f"{sorted(unknown)} in {self.text!r}: facts have no such name.")

    @classmethod
    def from_document(cls, document: str | Mapping[str, str]) -> Self:
        """Make a passage from a plain text or a table; refuses unknown keys and unknown placeholders."""
        parts = {"text": document} if isinstance(document, str) else dict(document)
        for written, printed in _UNBREAKABLE:
            parts["text"] = parts["text"].replace(written, printed)
        return cls(**parts)

    def placeholders(self) -> Iterable[str]:
        """Return the names between the braces as they stand there; `{a!r}` and `{a:x}` are names of nothing."""
        for _, name, form, conversion in Formatter().parse(self.text):
            if name is not None:
                yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")

    def applies(self, known: Container[str]) -> bool:
        """Tell whether it is said, given what is known."""
        return not (self.when and self.when not in known) and self.unless not in known


Passages = tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a kind of letter says at one urgency, section by section in the order of the page."""

    subject: Passages
    request: Passages
    message: Passages = ()
    deadline: Passages = ()
    otherwise: Passages = ()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Make a wording from its table; a section is one passage or a list of them; refuses unknown sections."""
        return cls(**{section: _passages(written) for section, written in document.items()})


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of letter: title, category of its mail, BiPRO code (nine digits), how to answer, a wording per urgency.

    `version` counts how often it was worded anew. One that asks for nothing by a day may be called `undated`.
    """

    code: str
    version: int
    title: str
    undated: str = ""
    category: str
    bipro: str
    answer: Passages
    wordings: Mapping[str, Wording]

    def __post_init__(self) -> None:
        if not _CATEGORY.fullmatch(self.category) or not _BIPRO_CODE.fullmatch(self.bipro):
            raise ValueError(f"{self.code}: needs a category code and nine digits for BiPRO.")
        if not self.wordings:
            raise ValueError(f"{self.code}: says nothing.")

    def titled(self, due_on: date | None) -> str:
        """Return what a letter of this kind is called, which asks for something by a day or by none."""
        return self.title if due_on or not self.undated else self.undated

    @classmethod
    def from_document(cls, code: str, document: Mapping[str, Any]) -> Self:
        """Make a kind from its parsed file; refuses unknown and missing keys and unknown placeholders.

        The first file of a kind is `reminder.toml`, then `reminder.2.toml`; refuses any other number.
        """
        name, version = _named(code)
        wordings = {urgency: Wording.from_document(wording) for urgency, wording in document["wordings"].items()}
        parts = {**document, "answer": _passages(document["answer"]), "wordings": wordings}
        return cls(code=name, version=version, **parts)


def _named(code: str) -> tuple[str, int]:
    name, dot, number = code.partition(".")
    if dot and not _LATER.fullmatch(number):
        raise ValueError(f"{number!r} is no later version: after the first file of a kind come 2, 3 and so on.")
    return name, int(number or 1)


def _passages(written: str | Mapping[str, str] | list[str | Mapping[str, str]]) -> Passages:
    return tuple(map(Passage.from_document, written if isinstance(written, list) else [written]))


def newest(kinds: Iterable[Kind]) -> dict[str, Kind]:
    """Return each kind as it was worded last."""
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: kind.version)}


_ALL = catalogue.documents(__name__, Kind).values()
WORDED: Mapping[tuple[str, int], Kind] = {(kind.code, kind.version): kind for kind in _ALL}
"""Every kind as it was worded at some time, by code and version."""
KINDS: Mapping[str, Kind] = newest(_ALL)
"""Every kind as it is worded now."""
TITLES.update({code: kind.title for code, kind in KINDS.items()})
