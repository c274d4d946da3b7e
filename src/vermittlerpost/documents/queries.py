"""Ask what documents there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.documents.models import Document
from vermittlerpost.documents.rules import ERASED
from vermittlerpost.lib import bulk

# Each agency gives its newest of each category by an index, and the newest of these are the page.
_NEWEST = """
    SELECT found.document_id FROM unnest(%(agencies)s::text[]) AS asked (number)
    CROSS JOIN unnest(%(categories)s::text[]) AS wanted (category)
    CROSS JOIN LATERAL (
        SELECT document_id, provided_at FROM documents_document
        WHERE agency_id = asked.number AND category = wanted.category AND title <> ''
            AND (provided_at, document_id) < (%(provided_at)s, %(document)s)
        ORDER BY provided_at DESC, document_id DESC LIMIT %(limit)s
    ) AS found
    ORDER BY found.provided_at DESC, found.document_id DESC LIMIT %(limit)s
"""
_NOWHERE_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page begins: after this document."""

    provided_at: datetime = _NOWHERE_YET
    document: str = ""


def known(document_ids: Sequence[str]) -> dict[str, Document]:
    """Return those of the documents that were provided already."""
    return Document.objects.in_bulk(list(document_ids))


def titled_before(moment: datetime) -> QuerySet[Document]:
    """Return the documents from before a moment of which it is still known what they are called."""
    return Document.objects.filter(provided_at__lt=moment).exclude(title=ERASED)


def visible_to(user: User, categories: Collection[str]) -> QuerySet[Document]:
    """Return the documents that were put before the agencies in a user's scope (R8).

    `categories` are those that he may read; what right each asks for is a fact of the category.
    """
    within = Document.objects.filter(agency__any_of=_scope_of(user), category__any_of=categories)
    return within.exclude(title=ERASED)


def newest(user: User, categories: Collection[str], *, agency: str = "", after: Place, limit: int) -> list[Document]:
    """Return the newest of what a user may see behind a place, the newest first; `agency` narrows, and never widens."""
    asked = {
        "agencies": bulk.array(number for number in _scope_of(user) if agency in {"", number}),
        "categories": bulk.array(categories),
        "provided_at": after.provided_at,
        "document": after.document,
        "limit": limit,
    }
    found = [document for (document,) in bulk.fetch(_NEWEST, asked)]
    return list(Document.objects.filter(document_id__any_of=found).order_by("-provided_at", "-document_id"))


def _scope_of(user: User) -> list[str]:
    return list(agencies.visible_to(user).values_list("number", flat=True)) if user.is_active else []
