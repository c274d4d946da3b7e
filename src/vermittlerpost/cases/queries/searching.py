"""Find cases by what is written on them: each kind of mark by its own index, so that no search walks the table."""

import re

from vermittlerpost.cases.models import Case
from vermittlerpost.lib import bulk

_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3

# One index each; an OR over them would walk the table. The names are written as the index has them.
_FOUND = """
    SELECT id FROM (
        (SELECT id FROM cases_case WHERE id = %(text)s)
        UNION (SELECT id FROM cases_case WHERE message_id = %(text)s)
        UNION (SELECT id FROM cases_case WHERE id = ANY (%(cases)s::text[]))
        UNION (SELECT id FROM cases_case WHERE vin = %(text)s AND vin <> '' LIMIT %(limit)s)
        UNION (SELECT id FROM cases_case WHERE evb = %(text)s AND evb <> '' LIMIT %(limit)s)
        UNION (SELECT case_id FROM cases_plate WHERE key = %(plate_key)s LIMIT %(limit)s)
        UNION (
            SELECT id FROM cases_case WHERE to_tsvector(
                'simple'::regconfig, (COALESCE(policyholder_name, '') || ' ') || COALESCE(keeper_name, '')
            ) @@ to_tsquery('simple', %(names)s) AND %(names)s <> '' LIMIT %(limit)s
        )
    ) AS found LIMIT %(limit)s
"""


def found(text: str, *, plate_key: str, cases: list[str], limit: int) -> list[Case]:
    """Return the newest cases that a mark names: their id, a notice's, VIN, eVB, plate or names; and `cases`.

    Of names their beginnings suffice, three letters at least; all that are typed must fit.
    """
    asked = {
        "text": text.upper(),
        "plate_key": plate_key,
        "cases": bulk.array(cases),
        "names": _names(text),
        "limit": limit,
    }
    ids = [case for (case,) in bulk.fetch(_FOUND, asked)]
    return list(Case.objects.select_related("agency").filter(id__any_of=ids).order_by("-opened_on", "-id"))


def _names(text: str) -> str:
    words = _WORD.findall(text)
    if not words or any(character.isdigit() for character in text) or max(map(len, words)) < _SHORTEST_NAME:
        return ""
    return " & ".join(f"{word}:*" for word in words)
