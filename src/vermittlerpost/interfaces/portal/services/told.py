"""„Wurde er benachrichtigt?“: the kept decisions about one user, over time (B1)."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import WATCHED, Told
from vermittlerpost.notifications.rules import Outcome

_DECISIONS_PER_PAGE = 50


@for_administrators()
def told(request: Visit, login_id: str) -> HttpResponseBase:
    """Show what a user of the own firm was mailed about, what not, and why."""
    user = member(request.user, login_id)
    page = queries.latest_decisions(user, before=_key(request.GET.get("vor", "")), limit=_DECISIONS_PER_PAGE)
    visible = set(agencies.visible_to(request.user).values_list("number", flat=True))
    context = {
        "found": user,
        "decisions": [_decision(one, visible) for one in page.decisions],
        "next": f"{page.next[0].astimezone(UTC):%Y%m%dT%H%M%S%f}~{page.next[1]}" if page.next else "",
        "days": queries.WINDOW.days,
    }
    return render(request, "portal/services/told.html", context)


def _decision(one: Told, visible: set[str]) -> dict[str, Any]:
    category = CATEGORIES.get(one.category)
    is_letter = one.category in WATCHED and one.agency in visible
    return {
        "at": one.at,
        "matter": one.matter,
        "url": reverse("letter", args=[one.matter]) if is_letter else "",
        "agency": one.agency,
        "category": gettext(category.title) if category else one.category,
        "is_mailed": one.outcome == Outcome.MAILED and one.sent_at is not None,
        "why": letter_words.why(one.outcome, one.reason, one.mail_state, category=one.category),
        "sent_at": one.sent_at,
        "origin": letter_words.origin(one.origin),
    }


def _key(text: str) -> tuple[datetime, str]:
    """Return where a page begins; what cannot be read is the first page."""
    try:
        at, matter = text.split("~", 1)
        return datetime.strptime(at, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), matter
    except ValueError:
        return clock.now(), "~"
