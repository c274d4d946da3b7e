"""„Verlauf“: what was changed about the users of the firm, by whom and when, as the journal has it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies import events as master_data
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.previews import Change
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import KINDS, filled
from vermittlerpost.journal.queries import Place
from vermittlerpost.journal.rules import Link
from vermittlerpost.lib import clock
from vermittlerpost.notifications import events as notices
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES

_ENTRIES_PER_PAGE = 50
_PREFERENCES = {notices.PREFERENCE_CHANGED.code, notices.PREFERENCE_LIMITED.code}
_FIELDS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "administrator": gettext_lazy("Administrator"),
    "technical": gettext_lazy("Technischer Benutzer"),
    "restricted": gettext_lazy("Eingeschränkte Bestandssicht"),
    "rights": gettext_lazy("Rechte"),
    "is_active": gettext_lazy("Zugang aktiv"),
    "assigned_agencies": gettext_lazy("Zugeordnete Agenturen"),
}


@for_administrators()
def history(request: Visit) -> HttpResponseBase:
    """Show the latest changes, of all users of the firm or of one."""
    users = list(agencies.users_of(request.user.firm_id))
    asked = request.GET.get("benutzer", "")
    of_one = member(request.user, asked) if asked else None
    subjects = [f"user:{user.login_id}" for user in users if not asked or user.login_id == asked]
    found = journal.latest_about(subjects, before=_place(request.GET.get("vor", "")), limit=_ENTRIES_PER_PAGE + 1)
    shown = found[:_ENTRIES_PER_PAGE]
    names = {user.login_id: user.name for user in users}
    actors = names_of(request.user, {entry.actor for entry in shown})
    context = {
        "of_one": of_one,
        "entries": [_entry(entry, names, actors) for entry in shown],
        "next": _key(shown[-1]) if len(found) > len(shown) else "",
    }
    return render(request, "portal/services/history.html", context)


def _entry(entry: Link, names: Mapping[str, str], actors: Mapping[str, str]) -> dict[str, Any]:
    login_id = entry.subject.removeprefix("user:")
    return {
        "at": entry.at,
        "login_id": login_id,
        "name": names[login_id],
        "actor": actors[entry.actor],
        "sentence": _sentence(entry),
        "is_new": entry.data.get("before", "") is None and entry.kind == master_data.USER_CHANGED.code,
        "changes": list(_changes(entry)),
    }


def _sentence(entry: Link) -> str:
    if entry.kind in _PREFERENCES:
        return gettext("E-Mail-Benachrichtigung geändert")
    if entry.kind == master_data.USER_CHANGED.code:
        return gettext("Benutzer angelegt") if entry.data.get("before") is None else gettext("Benutzer geändert")
    return filled(gettext(KINDS[entry.kind].sentence), {key: _in_words(key, code) for key, code in entry.data.items()})


def _in_words(key: str, code: Any) -> Any:
    """Return what a sentence names: what the journal keeps as a code by its name, everything else as it stands."""
    if key == "message" and code in MESSAGES:
        return gettext(MESSAGES[code].title)
    return gettext(code) if key == "factor" else code


def _changes(entry: Link) -> Iterator[Change]:
    data: Mapping[str, Any] = entry.data
    if entry.kind in _PREFERENCES:
        category = CATEGORIES.get(data["category"])
        title = gettext(category.title) if category else data["category"]
        until = date.fromisoformat(data["until"]) if "until" in data else None
        yield Change(label=title, before=words.choice(data["before"]), after=words.choice(data["after"], until))
    elif entry.kind == master_data.USER_CHANGED.code:
        yield from _fields(data["fields"].split(", "), data["before"], data["after"])


def _fields(fields: Sequence[str], before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what changed; of what says something about a person the journal keeps that it changed, and no value."""
    for field in fields:
        if field not in _FIELDS:
            continue
        label = str(_FIELDS[field])
        if before is not None:
            old = _said(field, before[field]) if field in before else "–"
            new = _said(field, after[field]) if field in after else gettext("geändert")
            yield Change(label=label, before=old, after=new)
        elif after.get(field):
            yield Change(label=label, before="–", after=_said(field, after[field]))


def _said(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return words.yes_or_no(wanted=value)
    return ", ".join(words.rights(value) if field == "rights" else value) or "–"


def _key(entry: Link) -> str:
    return f"{entry.at.astimezone(UTC):%Y%m%dT%H%M%S%f}~{entry.position}~{entry.subject.removeprefix('user:')}"


def _place(key: str) -> Place:
    """Return where a page begins; what cannot be read is the first page."""
    try:
        at, position, login_id = key.split("~", 2)
        moment = datetime.strptime(at, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        return moment, f"user:{login_id}", min(int(position), 2**31 - 1)
    except ValueError:
        return clock.now(), "~", 0
