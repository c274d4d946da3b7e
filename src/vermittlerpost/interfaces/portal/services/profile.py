"""„Mein Profil“: who one is here, what one may see, and what one is mailed about."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
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
    seen = [f"{agency.number} {agency.name}" for agency in agencies.visible_to(user).order_by("number")]
    context = {
        "role": words.role(administrator=user.administrator, technical=user.technical),
        "rights": words.rights(user.rights),
        "agencies": listed(seen, most=_MOST_AGENCIES),
        "assigned": list(user.assigned_agencies.order_by("number")) if user.restricted else [],
        "settings": [words.of_setting(setting, name="", names=names) for setting in settings.values()],
        "may_choose": notifications.may_choose(user, user.login_id),
        "administrators": list(agencies.administrators_of(user.firm_id)),
        "links": _links(),
    }
    return render(request, "portal/services/profile.html", context)


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
