"""What surrounds every page: where one is, whose it is, and whom to ask."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.homes import home_of, profile_of
from vermittlerpost.notifications import queries as notifications

_BADGE = 99
"""The highest number of unread letters that the navigation tells."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page that the navigation leads to; `name` is that of its address."""

    title: Any
    name: str
    for_administrators: bool = False


@dataclass(frozen=True, kw_only=True)
class Area:
    """A main entry of the navigation with the pages beneath it."""

    title: Any
    path: str
    places: tuple[Place, ...]


AREAS = (
    Area(
        title=gettext_lazy("Mein Cockpit"),
        path="/cockpit/",
        places=(
            Place(title=gettext_lazy("Übersicht"), name="overview"),
            Place(title=gettext_lazy("Vermittlerpost"), name="mailbox"),
            Place(title=gettext_lazy("Vorgänge"), name="cases"),
            Place(title=gettext_lazy("Dokumente"), name="documents"),
        ),
    ),
    Area(
        title=gettext_lazy("Aktuelles"),
        path="/aktuelles/",
        places=(Place(title=gettext_lazy("MaklerTicker"), name="news"),),
    ),
    Area(
        title=gettext_lazy("Services"),
        path="/services/",
        places=(
            Place(title=gettext_lazy("Mein Profil"), name="profile"),
            Place(title=gettext_lazy("Administration"), name="administration", for_administrators=True),
            Place(title=gettext_lazy("BiPRO"), name="software"),
        ),
    ),
    Area(
        title=gettext_lazy("Kontakt"),
        path="/kontakt/",
        places=(Place(title=gettext_lazy("Kontakt"), name="contact"),),
    ),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, firm and contact for whoever is logged in; nothing for others."""
    user = getattr(request, "user", None)
    if not isinstance(user, Account):
        return {"operator": settings.ENVIRONMENT.operator}
    place = {"operator": settings.ENVIRONMENT.operator, "firm": user.firm, "profile_page": profile_of(user)}
    if user.roles:
        return place | {"areas": [{"title": user.firm.name, "url": reverse(home_of(user))}]}
    return place | {
        "contact": agencies.contact_of(user),
        "areas": [_entry(area, user, request.path) for area in AREAS],
        "unread": _unread(user),
        "undeliverable": lambda: _undeliverable(user),
    }


def _unread(user: Account) -> str:
    """Return how many letters nobody has opened, as a badge says it; nothing for none."""
    number = delivery.unread(user, _BADGE)
    return f"{_BADGE}+" if number > _BADGE else str(number or "")


def _undeliverable(user: Account) -> dict[str, Any]:
    """Return whether the user's own address is not written to, and, for administrators, those of how many others."""
    of_firm = agencies.users_of(user.firm_id).filter(is_active=True, technical=False)
    asked = of_firm if user.administrator else of_firm.filter(id=user.id)
    logins = set(notifications.undeliverable(asked).values_list("login_id", flat=True))
    return {"is_own": user.login_id in logins, "others": len(logins - {user.login_id})}


def _entry(area: Area, user: Account, path: str) -> dict[str, Any]:
    places = [
        {
            "title": place.title,
            "name": place.name,
            "url": reverse(place.name),
            "is_here": _lies_in(path, reverse(place.name), area),
        }
        for place in area.places
        if user.administrator or not place.for_administrators
    ]
    return {
        "title": area.title,
        "url": places[0]["url"],
        "is_here": path.startswith(area.path),
        "has_mailbox": any(place["name"] == "mailbox" for place in places),
        "places": places,
    }


def _lies_in(path: str, url: str, area: Area) -> bool:
    # The first page of an area lies at the area's own address, and is not a parent of the others.
    return path == url if url == area.path else path.startswith(url)
