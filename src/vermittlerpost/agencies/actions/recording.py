"""Write into the journal which fields of master data changed: values only where they say nothing about a person."""

from datetime import date

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib.replacing import Fields, Replacement, changed

_IMPERSONAL = {
    "process", "self_service", "parent_id", "firm_id", "state", "electronic_from", "electronic_until",
    "administrator", "technical", "restricted", "rights", "is_active", "assigned_agencies", "people_use_software",
    "paper_if_uncollected", "second_factor", "company_number", "own_id_as_policy_number", "tells_endings",
}  # fmt: skip


def record(replacement: Replacement, kind: Kind, prefix: str, *, by: str) -> None:
    """Write one entry per created or replaced row."""
    changes = replacement.changes.items()
    journal.record([_event(kind, f"{prefix}:{key}", old, new) for key, (old, new) in changes], by=by)


def _event(kind: Kind, subject: str, old: Fields | None, new: Fields) -> Event:
    fields = list(new) if old is None else changed(old, new)
    shown = [name for name in fields if name in _IMPERSONAL]
    before = None if old is None else {name: _plain(old[name]) for name in shown}
    after = {name: _plain(new[name]) for name in shown}
    return Event(kind=kind, subject=subject, data={"fields": ", ".join(fields), "before": before, "after": after})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
