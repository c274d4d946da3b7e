"""Identifiers that leave the house: short, speakable, with a check character, telling no volumes."""

import hashlib
from datetime import date
from functools import lru_cache

# Crockford's alphabet: no I, L, O, U, so that nothing is misheard or misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = 12
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_DOUBLED = {character: 2 * value // 32 + 2 * value % 32 for character, value in _VALUES.items()}
_PAIRS = tuple(one + other for one in ALPHABET for other in ALPHABET)


def derive(prefix: str, *parts: str, beginning: str = "") -> str:
    """Return the identifier that always belongs to these parts, such as `V-7K2M-40QX-9TBA3`.

    17 characters of `A-Z0-9-`: a letter, 60 bits of SHA-256 over the parts, a check character (Luhn, modulo 32). A
    `beginning` takes the place of the first ten bits: what begins alike lies together in every index.
    """
    number = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:8], "big") >> 4
    pairs = [_PAIRS[number >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)]
    body = "".join([beginning or pairs[0], *pairs[1:]])
    return f"{prefix}-{body[:4]}-{body[4:8]}-{body[8:]}{check_character(body)}"


@lru_cache(maxsize=4096)
def week(day: date) -> str:
    """Return the beginning of what comes about in the week of a day; later weeks come later, for nineteen years."""
    return _PAIRS[(day.toordinal() - 1) // 7 % len(_PAIRS)]


def beginning_of(identifier: str) -> str:
    """Return with what an identifier begins, for those that are to lie beside it."""
    return identifier[2:4]


def is_sound(identifier: str) -> bool:
    """Tell whether the check character fits, so that a slip of the pen is noticed before any look-up."""
    body = identifier.replace("-", "")[1:]
    return len(body) == _DIGITS + 1 and set(body) <= set(ALPHABET) and check_character(body[:-1]) == body[-1]


def check_character(body: str) -> str:
    """Return the Luhn check character modulo 32: catches every single slip and nearly all swaps."""
    # From the right, every other character counts twice, beginning with the last.
    total = sum(map(_DOUBLED.__getitem__, body[::-2])) + sum(map(_VALUES.__getitem__, body[-2::-2]))
    return ALPHABET[-total % 32]
