"""Documents that are put before an agency beside the letters."""

from django.db import models

from vermittlerpost.agencies.models import Agency
from vermittlerpost.lib import fields


class Document(models.Model):
    """A copy, portfolio event, statement or piece of news that was provided to an agency.

    Its title is empty once that need no longer be kept.
    """

    document_id = fields.code(primary_key=True)
    category = fields.code()
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    title = models.TextField()
    received_at = models.DateTimeField()
    provided_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "category", "-provided_at", "-document_id"], name="documents_listed")]

    def __str__(self) -> str:
        return self.document_id
