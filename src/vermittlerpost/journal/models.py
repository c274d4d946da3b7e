"""The journal's tables."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from vermittlerpost.lib import fields


class Entry(models.Model):
    """One thing that happened; never changed, never deleted: the database refuses both."""

    at = models.DateTimeField()
    kind = fields.code()
    actor = fields.code()
    subject = fields.code()
    position = models.IntegerField()
    data = models.JSONField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint("subject", "position", name="journal_one_entry_per_position")]
        # Entries come in the order of time, so that ranges of pages are enough, and writing costs next to nothing.
        indexes = [BrinIndex("at", autosummarize=True, name="journal_by_moment")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} #{self.position}"


class Chain(models.Model):
    """The end of a subject's chain of entries; its row is locked while entries are added."""

    subject = fields.code(primary_key=True)
    length = models.IntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.subject} ({self.length})"


class Unannounced(models.Model):
    """An entry that the notifications have yet to take: the journal's side as an outbox."""

    at = models.DateTimeField()
    kind = fields.code()
    subject = fields.code()
    data = models.JSONField()
    stuck_at = models.DateTimeField(null=True)
    stuck_reason = models.TextField(default="")

    class Meta:
        indexes = [models.Index("id", condition=models.Q(stuck_at=None), name="journal_to_announce")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Pulse(models.Model):
    """When workers last made a round: one row, so that a standstill is noticed and written down when it ends."""

    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.beat_at}"
