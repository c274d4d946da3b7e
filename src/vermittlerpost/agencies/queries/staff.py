"""Ask who is of the insurer's staff, and who may log in at all."""

from django.db.models import QuerySet

from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import STAFF_FIRM


def may_work(user: User) -> bool:
    """Tell whether somebody may log in to the back office, and stay: who is active and has a role there."""
    return user.is_active and bool(user.roles)


def came_from(user: User, issuer: str) -> bool:
    """Tell whether somebody of the staff is tied to an identity at this provider."""
    return may_work(user) and bool(issuer) and user.identity.startswith(f"{issuer} ")


def staff() -> QuerySet[User]:
    """Return the insurer's staff by name, also those who have left."""
    return User.objects.filter(firm=STAFF_FIRM).order_by("name", "login_id")
