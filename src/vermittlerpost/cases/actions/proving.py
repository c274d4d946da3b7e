"""Note that somebody took a case's evidence out of the house."""

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event


@transaction.atomic
def note_evidence(*, case: str, sha256: str, by: str) -> None:
    """Record that evidence was made, with the hash of its PDF."""
    journal.record([Event(kind=events.EVIDENCE_MADE, subject=case, data={"sha256": sha256})], by=by)
