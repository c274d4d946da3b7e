"""The first page: what waits for somebody, and his own access."""

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice.lists import WORKLISTS
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.lib import openid


@read_by()
def overview(request: Visit) -> HttpResponseBase:
    """Show which worklists there are for one's roles, and how much waits in each."""
    lists = [
        {"list": one, "number": one.number() if one.waiting else ""} for one in WORKLISTS if one.is_for(request.user)
    ]
    return render(request, "backoffice/desk.html", {"lists": lists})


@read_by()
def access(request: Visit) -> HttpResponseBase:
    """Show one's own account, and where to change password and second factor, if the identity provider has not both."""
    roles = [StaffRole(role).words for role in request.user.roles]
    context = {"roles": roles, "is_answered_for": openid.answers_for(request.session)}
    return render(request, "backoffice/access.html", context)
