"""News, and requests to the personal contact."""

from django.db import models
from django.db.models import Q

from vermittlerpost.agencies.models import Firm, User
from vermittlerpost.lib import fields


class Article(models.Model):
    """A news item of the MaklerTicker; `valid_until` is its last day, after which it is in the archive.

    It is `announced_at` once, on its first day; what was withdrawn is kept, but nobody sees it.
    """

    slug = fields.code(primary_key=True)
    title = models.TextField()
    teaser = models.TextField()
    body = models.TextField()
    audience = fields.code()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    published_at = models.DateTimeField()
    published_by = fields.code()
    announced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-valid_from", "slug"], name="news_newest")]

    def __str__(self) -> str:
        return self.title


class ContactRequest(models.Model):
    """What a user asked of the personal contact, kept as it was written; `letter` if it was asked beside one."""

    id = fields.code(primary_key=True)
    firm = models.ForeignKey(Firm, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT)
    letter = fields.code(default="")
    subject = models.TextField()
    text = models.TextField()
    contact_name = models.TextField()
    contact_email = models.TextField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("at", condition=Q(answered_at=None), name="news_unanswered")]

    def __str__(self) -> str:
        return self.id
