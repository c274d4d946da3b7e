"""Whoever may hold an eVB or a vehicle: a person or a company with an address."""

from dataclasses import dataclass
from typing import Any

from worldmaker import names
from worldmaker.dice import Dice
from worldmaker.places import Town


@dataclass(frozen=True, kw_only=True)
class Party:
    """A name with the address it lives at."""

    name: str
    street: str
    postcode: str
    town: Town
    is_company: bool


def party(dice: Dice, town: Town) -> Party:
    """Return a person, or about every sixth time a company."""
    return company(dice, town) if dice.chance(0.17) else person(dice, town)


def person(dice: Dice, town: Town, name: str = "") -> Party:
    """Return somebody who lives in the town, of this name if one is given."""
    return Party(name=name or person_name(dice), **_address(dice, town), is_company=False)


def company(dice: Dice, town: Town, name: str = "") -> Party:
    """Return a company that sits in the town, of this name if one is given."""
    return Party(name=name or company_name(dice), **_address(dice, town), is_company=True)


def person_name(dice: Dice) -> str:
    """Return first and last name; now and then a double name, a doctor, or letters from far away."""
    if dice.chance(0.015):
        return dice.pick(names.FAR_NAMES)
    first, last = dice.pick(dice.pick((names.WOMEN, names.MEN))), dice.pick(names.SURNAMES)
    if dice.chance(0.07):
        last = f"{last}-{dice.pick([name for name in names.SURNAMES if name != last])}"
    title = dice.weighted((("", 95), ("Dr. ", 4), ("Prof. Dr. ", 1)))
    return f"{title}{first} {last}"


def company_name(dice: Dice) -> str:
    """Return a tradesman's firm, seldom one whose name fills two lines."""
    if dice.chance(0.06):
        return dice.pick(names.LONG_COMPANIES)
    return f"{dice.pick(names.TRADES)} {dice.pick(names.SURNAMES)} {dice.pick(names.LEGAL_FORMS)}"


def street(dice: Dice) -> str:
    """Return a street with house number."""
    letter = dice.weighted((("", 88), ("a", 6), ("b", 4), (" c", 2)))
    return f"{dice.pick(names.STREETS)} {dice.between(1, 96)}{letter}"


def _address(dice: Dice, town: Town) -> dict[str, Any]:
    return {"street": street(dice), "postcode": dice.pick(town.postcodes), "town": town}
