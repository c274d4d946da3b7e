"""Which characters the fonts show, so that a name that cannot be printed is noticed before Typst stumbles over it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from vermittlerpost.letters.rules import Facts

_RANGES = (Path(__file__).parent / "fonts" / "characters.txt").read_text(encoding="ascii").split()


def _pattern() -> re.Pattern[str]:
    bounds = [[chr(int(bound, 16)) for bound in span.split("-")] for span in _RANGES]
    return re.compile("[^" + "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in bounds) + "]")


_UNPRINTABLE = _pattern()


def unprintable(facts: Facts) -> tuple[str, str] | None:
    """Return the first character that no font shows and the path of its field, such as `agency.name`.

    Free text may have lines and tabs; elsewhere control characters are no more printable than an emoji.
    """
    for path, text in _texts("", facts):
        if found := _UNPRINTABLE.search(" ".join(text.split()) if path == "text" else text):
            return found[0], path
    return None


def printable(text: str) -> str:
    """Return a text in which a question mark stands for each character that no font shows."""
    return _UNPRINTABLE.sub("?", " ".join(text.split()))


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(path, one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(f"{path}.{field.name}".lstrip("."), getattr(value, field.name))
