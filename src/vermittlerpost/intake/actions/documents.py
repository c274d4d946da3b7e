"""Take documents from the generic feed and have them provided."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.documents import actions as documents
from vermittlerpost.documents import queries as provided
from vermittlerpost.documents.models import Document
from vermittlerpost.documents.rules import ERASED, Arrival
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict
from vermittlerpost.notifications import queries as notifications


@transaction.atomic
def put_documents(rows: Sequence[DocumentRow], *, by: str) -> list[Verdict]:
    """Provide documents; refuses an unknown agency or category, and a known number with other content."""
    take_turns("documents")
    known = provided.known([row.document_id for row in rows])
    existing = agencies.known_agencies({row.agency for row in rows})
    arrivals: dict[str, Arrival] = {}
    verdicts = [_take(row, known, arrivals, set(existing)) for row in rows]
    documents.provide(list(arrivals.values()), by=by)
    return verdicts


def _take(row: DocumentRow, known: dict[str, Document], arrivals: dict[str, Arrival], agencies: set[str]) -> Verdict:
    arrival = Arrival(
        document_id=row.document_id,
        received_at=row.received_at,
        category=row.category,
        agency=row.agency,
        title=row.title,
    )
    earlier = arrivals.get(row.document_id) or _as_arrival(known.get(row.document_id))
    if earlier is not None:
        is_known = earlier == arrival or earlier.title == ERASED
        return Known() if is_known else Objection(_difference(earlier, arrival), _OTHER_CONTENT)
    if row.agency not in agencies:
        return Objection("agency", "Die Agentur ist nicht bekannt.")
    if row.category not in notifications.document_categories():
        return Objection("category", "Diese Kategorie gibt es für Dokumente nicht.")
    arrivals[row.document_id] = arrival
    return Accepted()


_OTHER_CONTENT = "Diese Nummer ist mit anderem Inhalt bekannt."


def _as_arrival(document: Document | None) -> Arrival | None:
    if document is None:
        return None
    return Arrival(
        document_id=document.document_id,
        received_at=document.received_at,
        category=document.category,
        agency=document.agency_id,
        title=document.title,
    )


def _difference(one: Arrival, other: Arrival) -> str:
    return next(name for name in Arrival.__annotations__ if getattr(one, name) != getattr(other, name))
