"""The agencies that a filter offers to pick from."""

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account

TO_CHOOSE_FROM = 50
"""More of them are typed rather than picked: a list of a thousand would weigh more than the page."""


def offices_of(user: Account, asked: str = "") -> dict[str, str] | None:
    """Return the agencies in somebody's scope by number, each with its name; None if he types a number rather.

    What was asked for stands among them also if it is none of his.
    """
    own = agencies.visible_to(user).order_by("number").values_list("number", "name")
    found = {number: f"{number} · {name}" for number, name in own[: TO_CHOOSE_FROM + 1]}
    if len(found) > TO_CHOOSE_FROM:
        return None
    return found if asked in {"", *found} else found | {asked: asked}
