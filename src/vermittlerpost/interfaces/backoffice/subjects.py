"""What somebody means who types a number, a plate or an id: the subjects under which the journal knows it."""

from vermittlerpost.cases import queries as cases
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters

_PREFIXES = (
    "user", "agency", "firm", "carrier", "evb", "application", "notice", "batch", "mail", "document", "article",
    "webhook", "api_key", "file",
)  # fmt: skip
_MOST = 50


def meant_by(text: str) -> list[str]:
    """Return the subjects that a text may mean: itself, the case of a letter, those of a plate, or what bears an id.

    What is written just so goes before what differs in case or lacks its kind.
    """
    alike = {*_spelt_otherwise(text), *_of_kinds(text), letters.case_of(text.upper())} - {""}
    return journal.among([text]) or journal.among(alike) or _of_plate(text)


def _spelt_otherwise(text: str) -> set[str]:
    prefix, colon, rest = text.partition(":")
    kind = prefix.lower() + colon
    return {text.upper(), text.lower(), kind + rest.upper(), kind + rest.lower(), kind + rest}


def _of_kinds(text: str) -> set[str]:
    return {f"{kind}:{spelling}" for kind in _PREFIXES for spelling in (text, text.upper(), text.lower())}


def _of_plate(text: str) -> list[str]:
    try:
        key = loose_plate_key(text)
    except ValueError:  # what was typed is no plate
        return []
    found = cases.resembling(vins=[], plate_keys=[key], evbs=[], messages=[], enough=_MOST)
    return [case.id for case in found][:_MOST]
