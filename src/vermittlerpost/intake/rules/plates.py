"""Registration plates: one canonical spelling to show, and keys under which all spellings of a plate meet."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_CANONICAL = re.compile(r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?")
_GAP = r"(?: ?- ?| )"
_SPELLING = re.compile(rf"([A-ZÄÖÜa-zäöü]{{1,6}})(?:{_GAP}([A-Za-z]{{1,2}}))?{_GAP}?([1-9][0-9]{{0,5}}) ?([EHeh]?)")
_DIGITS_ONLY = re.compile(r"[0-9]{1,6}")
# Three letters, or four where an umlaut is spelled with two: MÜL is MUEL.
_DISTRICT = re.compile(r"[A-ZÄÖÜ]{1,3}|(?=.*[AOU]E)[A-Z]{4}")
_TWO_LETTERS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE"})


def plate(text: str) -> str:
    """Return a plate as it stands on the vehicle: `K-WB 4444`, with `E` or `H` behind the number.

    Hyphen, blank or nothing may separate the parts. Where nothing separates the district from the letters
    and more than one reading is possible, the question stays open: `BAM12` becomes `BAM 12`.
    Authorities' plates (§ 9 (1) FZV) are digits, with or without a district: `Y-123456`, `4711`.
    Refuses with ValueError what has no reading (annex 1 FZV).
    """
    if _CANONICAL.fullmatch(text):
        return text
    readings = _readings(_folded(text))
    return readings[0] if len(readings) == 1 else _left_open(_folded(text))


def plate_keys(plate: str) -> tuple[str, ...]:
    """Return every key that a plate can have; two plates match if they share one.

    Umlauts meet their two-letter spelling (MÜ = MUE), districts stay apart (B-AM 12 is not BA-M 12), and a
    plate without a separation has a key for each reading, so `BAM12` meets both. Refuses what is no plate.
    """
    readings = [plate] if _CANONICAL.fullmatch(plate) else _readings(_folded(plate))
    return tuple(sorted({_key(reading) for reading in readings}))


@lru_cache(maxsize=8192)
def loose_plate_key(plate: str) -> str:
    """Return one key to look plates up by: plates that match share it, but `same_plate` has the last word."""
    if _CANONICAL.fullmatch(plate):
        return _key(plate).replace("-", "")
    return plate_keys(plate)[0].replace("-", "")


def same_plate(one: str, other: str) -> bool:
    """Tell whether two plates can be the same; refuses what is no plate."""
    return not set(plate_keys(one)).isdisjoint(plate_keys(other))


def _key(reading: str) -> str:
    return reading.translate(_TWO_LETTERS).replace(" ", "")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _readings(text: str) -> list[str]:
    if _DIGITS_ONLY.fullmatch(text):
        return [text]
    district, letters, number, suffix = _parts(text)
    splits = [(district, letters)] if letters else _splits(district)
    readings = [
        f"{district}-{f'{letters} ' if letters else ''}{number}{suffix}"
        for district, letters in splits
        if _DISTRICT.fullmatch(district) and _fits(letters, number, suffix)
    ]
    if not readings:
        raise ValueError(text)
    return readings


def _parts(text: str) -> tuple[str, str, str, str]:
    found = _SPELLING.fullmatch(text)
    if found is None:
        raise ValueError(text)
    district, letters, number, suffix = found.groups(default="")
    return district.upper(), letters.upper(), number, suffix.upper()


def _splits(run: str) -> Iterator[tuple[str, str]]:
    for cut in (2, 1):
        if len(run) > cut and run[-cut:].isascii():
            yield run[:-cut], run[-cut:]
    yield run, ""


def _fits(letters: str, number: str, suffix: str) -> bool:
    return len(number) <= 4 if letters else not suffix


def _left_open(text: str) -> str:
    run, _, number, suffix = _parts(text)
    return f"{run} {number}{suffix}"
