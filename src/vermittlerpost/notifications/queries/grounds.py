"""Say why a preset is what it is, found by asking the preset itself, so that no second list has to agree with it."""

from enum import StrEnum

from vermittlerpost.notifications.categories import Category, Role


class Ground(StrEnum):
    """Why a preset is Ja (the first three) or Nein."""

    EVERYBODY = "everybody"
    ADMINISTRATOR = "administrator"
    RESTRICTED = "restricted"
    NOBODY = "nobody"
    ONLY_ADMINISTRATORS = "only_administrators"
    ONLY_RESTRICTED = "only_restricted"
    NEITHER = "neither"


_GROUNDS_OF_NO = {
    (False, False): Ground.NOBODY,
    (True, False): Ground.ONLY_ADMINISTRATORS,
    (False, True): Ground.ONLY_RESTRICTED,
    (True, True): Ground.NEITHER,
}


def ground_of(category: Category, role: Role) -> Ground:
    """Return why the preset of a category is what it is for somebody in this role."""
    preset = category.role_default
    by_administrator = preset(Role(administrator=True, restricted=False))
    by_restriction = preset(Role(administrator=False, restricted=True))
    if not preset(role):
        return _GROUNDS_OF_NO[by_administrator, by_restriction]
    if preset(Role(administrator=False, restricted=False)):
        return Ground.EVERYBODY
    return Ground.ADMINISTRATOR if role.administrator and by_administrator else Ground.RESTRICTED
