"""What a letter is found by: words in one spelling, under which all others meet, and what is typed to find them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae"})
_APART = re.compile(r"[\W_]+")
_END_OF_PLATE = re.compile(r"[a-z]{0,6}[0-9]{1,6}[eh]?")
_NUMBER_OF_PLATE = re.compile(r"[0-9]+[eh]?\Z")
_LONGEST_DISTRICT = 6
_SHORTEST_BEGINNING = 3
"""A word of so many characters also finds what only begins with it."""


@dataclass(frozen=True)
class Term:
    """Something typed: all of its words must be found, or the one word that they are together (`K`, `WB`, `4444`)."""

    words: tuple[str, ...]


def folded(text: str) -> str:
    """Return the spelling under which all spellings meet: small letters and digits, umlauts as two letters.

    Of plates it is the key under which the cases keep them, in small letters.
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_TWO_LETTERS)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", plain)))


def lexemes_of(agency: str, *, marks: Iterable[str], name: str) -> list[str]:
    """Return what a letter is found by: words, each with its agency before it.

    A mark (plate, id, eVB, VIN) is found as a whole, a plate by its number as well, a name by each of its parts.
    """
    words = {word for mark in marks for word in _of_mark(folded(mark))}
    words |= {folded(part) for whole in name.split() for part in (whole, *_APART.split(whole))}
    return [f"{agency}/{word}" for word in sorted(words - {""})]


def _of_mark(mark: str) -> Iterator[str]:
    yield mark
    number = _NUMBER_OF_PLATE.search(mark)
    if number and mark[: number.start()].isalpha() and number.start() <= _LONGEST_DISTRICT:
        yield number.group()


def terms_of(text: str) -> tuple[Term, ...]:
    """Return what somebody looks for: each word for itself, and what may be a plate's parts taken together."""
    terms: list[tuple[str, ...]] = []
    for word in filter(None, map(folded, text.split())):
        if _END_OF_PLATE.fullmatch(word):
            letters = _letters_before(terms)
            terms[len(terms) - len(letters) :] = [(*letters, word)]
        elif word in {"e", "h"} and terms and terms[-1][-1].isdecimal():
            terms[-1] += (word,)
        else:
            terms.append((word,))
    return tuple(Term(words) for words in terms)


def _letters_before(terms: list[tuple[str, ...]]) -> tuple[str, ...]:
    letters: list[str] = []
    for words in reversed(terms[-2:]):
        if len(words) > 1 or not words[0].isalpha() or len(words[0]) > _LONGEST_DISTRICT:
            break
        letters.insert(0, words[0])
    return tuple(letters)


def sought(agency: str, terms: Iterable[Term]) -> str:
    """Return what is looked for among an agency's letters as PostgreSQL reads a tsquery."""
    return " & ".join(_either(agency, term.words) for term in terms)


def _either(agency: str, words: tuple[str, ...]) -> str:
    together = _beginning(agency, "".join(words))
    return together if len(words) == 1 else f"({together} | ({' & '.join(_beginning(agency, w) for w in words)}))"


def _beginning(agency: str, word: str) -> str:
    lexeme = f"{agency}/{word}".replace("\\", "\\\\").replace("'", "''")
    return f"'{lexeme}'" + (":*" if len(word) >= _SHORTEST_BEGINNING else "")
