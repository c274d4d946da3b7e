"""„Verlauf“: what was changed about a firm and its users, by whom and when, as the journal has it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import takewhile

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit.letter_forms import SENSIBLE, Day
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.services.history_entries import Told, in_words
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.interfaces.portal.templatetags.portal import moment
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.queries import Place
from vermittlerpost.journal.rules import Link
from vermittlerpost.lib import clock
from vermittlerpost.lib.spreadsheets import table

_ENTRIES_PER_PAGE = 50
_ENTRIES_AT_ONCE = 500


class PeriodForm(forms.Form):
    """From which day to which; what is no day narrows nothing."""

    von = forms.DateField(label=gettext_lazy("Von"), required=False, widget=Day, validators=SENSIBLE[:1])
    bis = forms.DateField(label=gettext_lazy("Bis einschließlich"), required=False, widget=Day)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """About whom, and the German days from which and up to which."""

    of_one: Account | None
    subjects: Sequence[str]
    since: date | None
    until: date | None

    def found(self, place: Place, limit: int) -> list[Link]:
        """Return the entries behind a place, newest first."""
        if self.until and self.until < clock.today():
            place = min(place, _midnight_after(self.until))
        entries = journal.latest_about(self.subjects, before=place, limit=limit)
        return list(takewhile(self._is_recent, entries))

    def _is_recent(self, entry: Link) -> bool:
        return self.since is None or clock.german_day(entry.at) >= self.since


@for_administrators()
def history(request: Visit) -> HttpResponseBase:
    """Show the latest changes, of the firm and all of its users or of one, perhaps of a period."""
    form = PeriodForm(request.GET)
    asked = _asked(request, form)
    found = asked.found(_place(request.GET.get("vor", "")), _ENTRIES_PER_PAGE + 1)
    shown = found[:_ENTRIES_PER_PAGE]
    context = {
        "of_one": asked.of_one,
        "form": form,
        "is_narrowed": bool(asked.since or asked.until),
        "entries": in_words(request.user, shown),
        "next": _key(shown[-1]) if len(found) > len(shown) else "",
    }
    return render(request, "portal/services/history.html", context)


@for_administrators()
def history_csv(request: Visit) -> HttpResponseBase:
    """Hand out all that the page lists, for a spreadsheet."""
    head = [gettext("Zeit"), gettext("Kennung"), gettext("Name"), gettext("Was"), gettext("Bisher und danach")]
    told = in_words(request.user, list(_all(_asked(request, PeriodForm(request.GET)))))
    return table("verlauf", [*head, gettext("Geändert von")], map(_cells, told))


def _asked(request: Visit, form: PeriodForm) -> Asked:
    login_id = request.GET.get("benutzer", "")
    of_one = member(request.user, login_id) if login_id else None
    users = [of_one] if of_one else agencies.users_of(request.user.firm_id)
    subjects = [f"user:{user.login_id}" for user in users]
    form.is_valid()
    return Asked(
        of_one=of_one,
        subjects=subjects if of_one else [*subjects, f"firm:{request.user.firm_id}"],
        since=form.cleaned_data.get("von"),
        until=form.cleaned_data.get("bis"),
    )


def _all(asked: Asked) -> Iterator[Link]:
    place: Place = (clock.now(), "~", 0)
    while entries := asked.found(place, _ENTRIES_AT_ONCE):
        yield from entries
        place = entries[-1].at, entries[-1].subject, entries[-1].position


def _cells(told: Told) -> list[str]:
    changes = "; ".join(
        f"{one.label}: {one.after}" if told.is_new else f"{one.label}: {one.before} → {one.after}"
        for one in told.changes
    )
    return [moment(told.at), told.login_id, told.name, told.sentence, changes, told.actor]


def _midnight_after(day: date) -> Place:
    return clock.german_moment(clock.day_after(day), time()), "", 0


def _key(entry: Link) -> str:
    return f"{entry.at.astimezone(UTC):%Y%m%dT%H%M%S%f}~{entry.position}~{entry.subject}"


def _place(key: str) -> Place:
    """Return where a page begins; what cannot be read is the first page."""
    try:
        at, position, subject = key.split("~", 2)
        read = datetime.strptime(at, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        return read, subject, max(0, min(int(position), 2**31 - 1))
    except ValueError:
        return clock.now(), "~", 0
