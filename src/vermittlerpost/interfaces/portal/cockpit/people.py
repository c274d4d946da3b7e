"""Whose name a reader sees: colleagues by their names, everybody else by what they are."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import STAFF_FIRM

_PROGRAMS = ("system", "simulation", "file:")


def names_of(reader: Account, actors: Collection[str]) -> Mapping[str, str]:
    """Return what a reader is told of actors: the names of people of his own firm, and of nobody else."""
    known = agencies.users_by_login(set(actors))
    return {actor: _name(reader, actor, known.get(actor)) for actor in actors}


def _name(reader: Account, actor: str, user: Account | None) -> str:
    if user is None and actor.startswith(_PROGRAMS):
        return gettext("System")
    if user is None or user.firm_id == STAFF_FIRM:
        return gettext("Versicherer")
    return user.name if user.firm_id == reader.firm_id else gettext("andere Firma")
