"""Ask what documents there are."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Right
from vermittlerpost.documents.models import Document
from vermittlerpost.documents.rules import ERASED


def known(document_ids: Sequence[str]) -> dict[str, Document]:
    """Return those of the documents that were provided already."""
    return Document.objects.in_bulk(list(document_ids))


def titled_before(moment: datetime) -> QuerySet[Document]:
    """Return the documents from before a moment of which it is still known what they are called."""
    return Document.objects.filter(provided_at__lt=moment).exclude(title=ERASED)


def latest(user: User, *, since: datetime, limit: int) -> list[Document]:
    """Return what was put before the agencies in a user's scope since a moment, newest first, if he may see it."""
    if not user.is_active or Right.DOCUMENT_ARCHIVE not in user.rights:
        return []
    scope = list(agencies.visible_to(user).values_list("number", flat=True))
    return list(Document.objects.filter(agency__any_of=scope, provided_at__gte=since).order_by("-provided_at")[:limit])


def provided_to(user: User, document_id: str, *, category: str) -> Document | None:
    """Return a document of a category; None if it is unknown, erased, or not within the user's scope (R8)."""
    scope = list(agencies.visible_to(user).values_list("number", flat=True))
    within = Document.objects.filter(document_id=document_id, category=category, agency__any_of=scope)
    return within.exclude(title=ERASED).first()
