"""The first page: what waits for somebody, and his own access."""

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice.lists import WORKLISTS
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by


@read_by()
def overview(request: Visit) -> HttpResponseBase:
    """Show which worklists there are for one's roles, and how much waits in each."""
    lists = [
        {"title": one.title, "about": one.about, "name": one.name, "number": one.number() if one.waiting else ""}
        for one in WORKLISTS
        if one.is_for(request.user)
    ]
    return render(request, "backoffice/desk.html", {"lists": lists})


@read_by()
def access(request: Visit) -> HttpResponseBase:
    """Show one's own account, and where to change password and second factor."""
    roles = [StaffRole(role).words for role in request.user.roles]
    return render(request, "backoffice/access.html", {"roles": roles})
