"""The vocabulary of the journal: what an event kind and an event are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """Name one thing that can happen; `sentence` is German, its placeholders are keys of the event's data.

    `announced` events wait for the notifications to take them; `words` are what a sentence says instead of codes, for
    each placeholder that holds some. A code that is taken is refused.
    """

    code: str
    sentence: str
    announced: bool = False
    words: Mapping[str, Mapping[Any, str]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if KINDS.setdefault(self.code, self) != self:
            raise ValueError(f"Two event kinds are called {self.code}.")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Say that something happened to a subject (a case, an agency, a user …); data holds nothing personal."""

    kind: Kind
    subject: str
    data: Mapping[str, object] = field(default_factory=dict)


HOUSE = "house"
"""The subject of what happens to the installation itself."""
STOOD_STILL = Kind("house.stood_still", "Die Arbeiter standen still von {since} bis {until}.")


def sentence_of(code: str, data: Mapping[str, object]) -> str:
    """Return the German sentence of an entry, with its data filled in."""
    kind = KINDS[code]
    said = {key: words.get(data[key], data[key]) for key, words in kind.words.items() if key in data}
    return filled(kind.sentence, {**data, **said})


def filled(sentence: str, data: Mapping[str, object]) -> str:
    """Return a sentence of an event kind, perhaps in another language, with an entry's data filled in."""
    return sentence.format_map(_Words({key: _in_words(value) for key, value in data.items()}))


class _Words(dict[str, object]):
    """Words for a sentence; an entry that is older than its sentence may lack some."""

    def __missing__(self, key: str) -> str:
        return "–"


def _in_words(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        year, month, day = value.split("-")
        return f"{day}.{month}.{year}"
    return "–" if value is None else value
