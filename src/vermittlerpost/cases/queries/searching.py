"""Find cases by what is written on them: each kind of mark by its own index, so that no search walks the table."""

import re
from dataclasses import dataclass

from vermittlerpost.agencies.models import User
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.queries.listing import Place
from vermittlerpost.cases.queries.worklists import scope_of
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
# What fits is looked up apart, whatever the planner thinks of the rest. A name, or the eVB of a fleet, fits many cases
# of all firms: there the agencies narrow what is read.
_FOUND_IN_SCOPE = """
    WITH named AS MATERIALIZED (
        SELECT id, agency_id, state, opened_on FROM cases_case WHERE id = ANY (%(cases)s::text[])
        UNION SELECT id, agency_id, state, opened_on FROM cases_case WHERE vin = %(text)s AND vin <> ''
        UNION SELECT id, agency_id, state, opened_on FROM cases_case
            WHERE evb = %(text)s AND evb <> '' AND agency_id = ANY (%(agencies)s::text[])
        UNION SELECT id, agency_id, state, opened_on FROM cases_case
            WHERE id IN (SELECT case_id FROM cases_plate WHERE key = %(plate_key)s)
        UNION SELECT id, agency_id, state, opened_on FROM cases_case WHERE to_tsvector(
            'simple'::regconfig, (COALESCE(policyholder_name, '') || ' ') || COALESCE(keeper_name, '')
        ) @@ to_tsquery('simple', %(names)s) AND %(names)s <> '' AND agency_id = ANY (%(agencies)s::text[])
    )
    SELECT id FROM named
    WHERE agency_id = ANY (%(agencies)s::text[]) AND (opened_on, id) < (%(opened_on)s, %(case)s)
        AND (%(state)s IN ('', state) OR %(state)s = 'open' AND state <> 'closed')
    ORDER BY opened_on DESC, id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody typed to find a case: as it stands, as a plate's key, and the case of a letter that it names."""

    text: str
    plate_key: str = ""
    case: str = ""


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


def found_in_scope(user: User, sought: Sought, *, state: str, agency: str, after: Place, limit: int) -> list[Case]:
    """Return the newest cases in a user's scope that a mark names and that lie behind a place, the newest first.

    Marks, `state` and `agency` are those of `found` and `newest`; a case of somebody else is not found (R8).
    """
    asked = {
        "text": sought.text.upper(),
        "plate_key": sought.plate_key,
        "cases": bulk.array([sought.text.upper(), sought.case]),
        "names": _names(sought.text),
        "agencies": bulk.array(number for number in scope_of(user) if agency in {"", number}),
        "state": state,
        "opened_on": after.opened_on,
        "case": after.case,
        "limit": limit,
    }
    ids = [case for (case,) in bulk.fetch(_FOUND_IN_SCOPE, asked)]
    return list(Case.objects.filter(id__any_of=ids).order_by("-opened_on", "-id"))


def _names(text: str) -> str:
    words = _WORD.findall(text)
    if not words or any(character.isdigit() for character in text) or max(map(len, words)) < _SHORTEST_NAME:
        return ""
    return " & ".join(f"{word}:*" for word in words)
