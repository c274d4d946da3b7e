"""The time line of a case, in German sentences."""

from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.lib import clock


def of_case(case: str) -> list[dict[str, str]]:
    """Return what happened to a case, oldest first: German moment, actor, event kind and sentence."""
    return [
        {
            "at": entry.at.astimezone(clock.GERMANY).strftime("%d.%m.%Y %H:%M:%S"),
            "actor": entry.actor,
            "kind": entry.kind,
            "sentence": sentence_of(entry.kind, entry.data),
        }
        for entry in journal.about(case)
    ]
