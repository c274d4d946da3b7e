"""Put entries about a firm and its users into words, as their administrators read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies import events as master_data
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.previews import Change
from vermittlerpost.journal.events import KINDS, filled
from vermittlerpost.journal.rules import Link
from vermittlerpost.notifications import events as notices
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES

_PREFERENCES = {notices.PREFERENCE_CHANGED.code, notices.PREFERENCE_LIMITED.code}
_CREATED: Mapping[str, Any] = {
    master_data.USER_CHANGED.code: gettext_lazy("Benutzer angelegt"),
    master_data.FIRM_CHANGED.code: gettext_lazy("Firma angelegt"),
}
_CHANGED: Mapping[str, Any] = {
    master_data.USER_CHANGED.code: gettext_lazy("Benutzer geändert"),
    master_data.FIRM_CHANGED.code: gettext_lazy("Einstellungen der Firma geändert"),
}
_FIELDS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-Mail-Adresse"),
    "administrator": gettext_lazy("Administrator"),
    "technical": gettext_lazy("Technischer Benutzer"),
    "restricted": gettext_lazy("Eingeschränkte Bestandssicht"),
    "rights": gettext_lazy("Rechte"),
    "is_active": gettext_lazy("Zugang aktiv"),
    "assigned_agencies": gettext_lazy("Zugeordnete Agenturen"),
    "self_service": gettext_lazy("Benutzer stellen ihre E-Mail-Benachrichtigungen selbst ein"),
    "second_factor": gettext_lazy("Alle melden sich mit einem zweiten Faktor an"),
    "people_use_software": gettext_lazy("Auch Benutzer mit Dokumentenarchiv dürfen abholen"),
    "paper_if_uncollected": gettext_lazy("Eilige Schreiben zusätzlich auf Papier, wenn sie nicht abgeholt werden"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """An entry in words; without `login_id` it is about the firm itself."""

    at: datetime
    login_id: str
    name: str
    actor: str
    sentence: str
    is_new: bool
    changes: Sequence[Change]


def in_words(reader: Account, entries: Sequence[Link]) -> list[Told]:
    """Return entries about the reader's firm and its users in words; of others he is not to be given any."""
    names = {f"user:{one.login_id}": one.name for one in agencies.users_of(reader.firm_id)}
    names[f"firm:{reader.firm_id}"] = reader.firm.name
    actors = names_of(reader, {entry.actor for entry in entries})
    return [
        Told(
            at=entry.at,
            login_id=entry.subject.removeprefix("user:") if entry.subject.startswith("user:") else "",
            name=names[entry.subject],
            actor=actors[entry.actor],
            sentence=_sentence(entry),
            is_new=_is_new(entry),
            changes=list(_changes(entry)),
        )
        for entry in entries
    ]


def _is_new(entry: Link) -> bool:
    return entry.kind in _CREATED and entry.data.get("before", "") is None


def _sentence(entry: Link) -> str:
    if entry.kind in _PREFERENCES:
        return gettext("E-Mail-Benachrichtigung geändert")
    if entry.kind in _CHANGED:
        return str((_CREATED if _is_new(entry) else _CHANGED)[entry.kind])
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
    elif entry.kind in _CHANGED:
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
