"""The calendar of due dates: a feed that its secret address opens, and the page on which a user gets one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext
from icalendar import Calendar, Event

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import NextStep
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.interfaces.portal.pages import Visit, for_everybody, for_users
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rules import due_day_in_words
from vermittlerpost.lib import clock

_MOST = 2000
_REFRESH = timedelta(hours=1)


@for_everybody()
def calendar_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """Give the due dates of the open letters that a user may see, without anything about customers."""
    reader = queries.reader_of_calendar(key)
    if reader is None:
        raise Http404
    calendar, entries = _calendar(), delivery.due_days(reader, _MOST)
    # Who is not served any more by a case's agency keeps its letters, and learns nothing new of it.
    following = cases.next_steps(list(cases.visible_to(reader).filter(id__any_of={entry.case for entry in entries})))
    for entry in entries:
        calendar.add_component(_event(entry, following.get(entry.case)))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@for_users("GET", "POST")
def calendar_address(request: Visit) -> HttpResponseBase:
    """Show whether there is an address, and make a new one, which is shown this once."""
    address = ""
    if request.method == "POST":
        key = agencies.make_calendar_key(user=request.user, by=request.user.login_id)
        address = settings.ENVIRONMENT.base_url + reverse("calendar_feed", args=[key])
    has_address = bool(address or request.user.calendar_key)
    return render(request, "portal/cockpit/calendar.html", {"address": address, "has_address": has_address})


@for_users("POST")
def calendar_revoked(request: Visit) -> HttpResponseBase:
    """Let the address open nothing any more."""
    agencies.revoke_calendar_key(user=request.user, by=request.user.login_id)
    messages.success(request, gettext("Die Adresse ist widerrufen. Wer sie noch hat, bekommt nichts mehr zu sehen."))
    return redirect("calendar")


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Vermittlerpost//Fristen//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Fristen der Vermittlerpost")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    return calendar


def _event(entry: Any, step: NextStep | None) -> Event:
    """Return a due date as a day of the calendar; the same letter is always the same event."""
    base = settings.ENVIRONMENT.base_url
    event = Event()
    event.add("uid", f"{entry.letter_id}@{urlsplit(base).hostname}")
    event.add("dtstamp", entry.provided_at)
    event.add("dtstart", entry.due_on)
    event.add("dtend", clock.day_after(entry.due_on))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"Frist: {KINDS[entry.kind].titled(entry.due_on)} (Agentur {entry.agency_id})")
    event.add("url", base + reverse("letter", args=[entry.letter_id]))
    if step:
        event.add("description", "\n".join(_coming(step)))
    return event


def _coming(step: NextStep) -> Iterator[str]:
    """Yield what happens next; no more of a pause than its day, as its reason may name somebody."""
    day = f" am {due_day_in_words(step.day)}" if step.day else ""
    yield f"Nächster Schritt{day}: {step.title}. {step.sentence}"
    if step.held_until:
        yield f"Der Vorgang ruht bis {due_day_in_words(step.held_until)}."
    if step.agency:
        yield f"Das Schreiben geht an Agentur {step.agency} ({CHANNELS[step.channel].title})."
    if step.prevented_by:
        yield f"Was das verhindert: {step.prevented_by}"
