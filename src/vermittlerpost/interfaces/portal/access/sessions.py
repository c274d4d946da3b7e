"""Where one is logged in, and how to end that."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.internal.flows import sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from vermittlerpost.interfaces.portal.pages import Visit, for_accounts

# The first that is named counts: browsers call themselves by the names of others as well.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS": "macOS"}


@dataclass(frozen=True, kw_only=True)
class Session:
    """One place where a user is logged in."""

    id: int
    browser: str
    address: str
    since: datetime
    last_used: datetime
    is_here: bool


@for_accounts()
def overview(request: Visit) -> HttpResponseBase:
    """List where the user is logged in, this session first."""
    alive = UserSession.objects.purge_and_list(request.user)
    rows = sorted(map(_session, alive), key=lambda row: (not row.is_here, -row.last_used.timestamp()))
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


@for_accounts("POST")
def end(request: Visit, session: int) -> HttpResponseBase:
    """End one of the user's sessions; another user's is unknown."""
    found = UserSession.objects.filter(user=request.user, id=session).first()
    if found is None:
        raise Http404
    sessions.end_sessions(request, [found])
    messages.success(request, gettext("Die Sitzung ist beendet."))
    return redirect("usersessions_list")


@for_accounts("POST")
def end_others(request: Visit) -> HttpResponseBase:
    """End all of the user's sessions but this one."""
    sessions.end_other_sessions(request, request.user)
    messages.success(request, gettext("Alle anderen Sitzungen sind beendet."))
    return redirect("usersessions_list")


def _session(row: UserSession) -> Session:
    return Session(
        id=row.pk,
        browser=_browser(row.user_agent),
        address=row.ip,
        since=row.created_at,
        last_used=row.last_seen_at,
        is_here=row.is_current(),
    )


def _browser(user_agent: str) -> str:
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), "")
    system = system or ("Linux" if "Linux" in user_agent else "")
    return " · ".join(filter(None, (browser, system))) or gettext("Unbekannter Browser")
