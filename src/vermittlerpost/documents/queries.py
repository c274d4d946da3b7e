"""Ask what documents there are."""

from collections.abc import Sequence

from vermittlerpost.documents.models import Document


def known(document_ids: Sequence[str]) -> dict[str, Document]:
    """Return those of the documents that were provided already."""
    return Document.objects.in_bulk(list(document_ids))
