"""Where somebody who is logged in belongs: an intermediary in the cockpit, the insurer's staff in the back office."""

from vermittlerpost.agencies.queries import Account


def home_of(user: Account) -> str:
    """Return the name of the page on which somebody begins."""
    return "desk" if user.roles else "overview"


def profile_of(user: Account) -> str:
    """Return the name of the page about somebody's own access."""
    return "desk_access" if user.roles else "profile"
