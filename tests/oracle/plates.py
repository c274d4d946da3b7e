"""Read number plates in every accepted spelling and tell which of them mean the same vehicle."""

import re
from dataclasses import dataclass

NUMBER = r"(?P<number>[1-9][0-9]{0,3})[- ]?(?P<suffix>[EH]?)"
PARTED = re.compile(r"(?P<district>[A-ZÄÖÜ]+)[- ](?P<series>[A-Z]{1,2})[- ]?" + NUMBER)
JOINED = re.compile(r"(?P<letters>[A-ZÄÖÜ]{2,})[- ]?" + NUMBER)
AUTHORITY = re.compile(r"([A-ZÄÖÜ]{1,3}[- ]?)?[0-9]{1,6}")
DISSOLVED = {"Ä": "AE", "Ö": "OE", "Ü": "UE"}
LONGEST_DISTRICT = 3
LONGEST_PLATE = 8


@dataclass(frozen=True)
class Plate:
    """A plate as written, and every way to part it: `KWB 44` is K-WB 44 as well as KW-B 44."""

    text: str
    readings: frozenset[str]

    def means(self, other: "Plate") -> bool:
        """Say whether both can be the same plate; districts stay apart: B-AM 12 is not BA-M 12."""
        return bool(self.readings & other.readings)


def read(text: str) -> Plate:
    """Read a plate with hyphen, blank or nothing between its parts; refuses what cannot be one."""
    written = text.upper()
    readings = set(_as_parted(written)) | set(_as_joined(written))
    if AUTHORITY.fullmatch(written):
        readings.add(folded(written))
    if not readings:
        raise ValueError(text)
    return Plate(written, frozenset(readings))


def folded(text: str) -> str:
    """Reduce a plate to letters and digits with umlauts dissolved, as an `Outcome` names it."""
    return _dissolved(re.sub(r"[- ]", "", text.upper()))


def _as_parted(written: str) -> list[str]:
    parts = PARTED.fullmatch(written)
    return _reading(parts["district"], parts["series"], parts) if parts else []


def _as_joined(written: str) -> list[str]:
    parts = JOINED.fullmatch(written)
    if not parts:
        return []
    letters = parts["letters"]
    one_letter = _reading(letters[:-1], letters[-1:], parts)
    two_letters = _reading(letters[:-2], letters[-2:], parts)
    return one_letter + two_letters


def _reading(district: str, series: str, parts: re.Match[str]) -> list[str]:
    """Return the one reading of these parts, or none if they make no plate."""
    length = len(_umlauts(district))
    fits = 1 <= length <= LONGEST_DISTRICT and length + len(series) + len(parts["number"]) <= LONGEST_PLATE
    if not fits or not re.fullmatch(r"[A-Z]{1,2}", series):
        return []
    return [f"{_dissolved(district)}-{series} {parts['number']}{parts['suffix']}"]


def _dissolved(text: str) -> str:
    for umlaut, letters in DISSOLVED.items():
        text = text.replace(umlaut, letters)
    return text


def _umlauts(text: str) -> str:
    for umlaut, letters in DISSOLVED.items():
        text = text.replace(letters, umlaut)
    return text
