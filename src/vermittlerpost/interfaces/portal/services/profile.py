"""„Mein Profil“: who one is here, what one may see, and what one is mailed about."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.roster import listed
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries

_MOST_AGENCIES = 20


@for_users()
def profile(request: Visit) -> HttpResponseBase:
    """Show one's own data, rights, scope and settings."""
    user = request.user
    settings = queries.settings_of(user)
    names = names_of(user, {setting.by for setting in settings.values() if setting.by})
    assigned = list(user.assigned_agencies.select_related("parent").order_by("number")) if user.restricted else []
    context = {
        "role": words.role(administrator=user.administrator, technical=user.technical),
        "rights": words.rights(user.rights),
        "agencies": listed(map(_named, agencies.visible_to(user).order_by("number")), most=_MOST_AGENCIES),
        "assigned": assigned,
        "above": sorted({f"{one.number} ({one.name})" for one in _parents(user, assigned)}),
        "settings": [words.of_setting(setting, name="", names=names) for setting in settings.values()],
        "may_choose": notifications.may_choose(user, user.login_id),
        "administrators": list(agencies.administrators_of(user.firm_id)),
        "links": _links(),
    }
    return render(request, "portal/services/profile.html", context)


def _named(agency: Any) -> str:
    name = f"{agency.number} {agency.name}"
    if not agency.parent_id:
        return name
    return gettext("%(agency)s (Stammagentur %(parent)s)") % {"agency": name, "parent": agency.parent_id}


def _parents(user: Account, assigned: Sequence[Any]) -> Iterator[Any]:
    """Yield the agencies above those that a user was assigned; that he is told of them lets him see nothing of them."""
    yield from (one.parent for one in assigned if one.parent and one.parent.firm_id == user.firm_id)


def _links() -> list[dict[str, Any]]:
    offers = (
        ("account_change_password", "key", gettext("Kennwort ändern")),
        ("mfa_index", "phone", gettext("Zweiten Faktor einrichten oder ändern")),
        ("usersessions_list", "globe", gettext("Angemeldete Geräte ansehen")),
        ("address_change", "mail", gettext("E-Mail-Adresse ändern")),
        ("calendar", "calendar", gettext("Fristen im eigenen Kalender abonnieren")),
    )
    return [{"url": url, "icon": icon, "title": title} for name, icon, title in offers if (url := _url(name))]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
