"""Find a user for a page of the administration: those of the own firm, and for all others the same 404."""

import unicodedata
from collections.abc import Iterable

from django.http import Http404

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account


def member(visitor: Account, login_id: str) -> Account:
    """Return a user of the visitor's firm; unknown ones and those of other firms are not found."""
    user = agencies.users_of(visitor.firm_id).filter(login_id=login_id).first()
    if user is None:
        raise Http404
    return user


def listed(names: Iterable[str], *, most: int) -> tuple[list[str], int]:
    """Return the first names, and how many more there are."""
    everybody = list(names)
    return everybody[:most], max(0, len(everybody) - most)


def alphabetical(name: str) -> str:
    """Return what sorts a name as a German directory does: umlauts and accents as their plain letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
