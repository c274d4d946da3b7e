"""The way of each letter to its agency."""

from django.db import models

from vermittlerpost.agencies.models import Carrier
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import fields


class PrintBatch(models.Model):
    """Letters of one carrier that go to the print shop together: one PDF and its manifest."""

    id = fields.code(primary_key=True)
    carrier = models.ForeignKey(Carrier, models.PROTECT, db_index=False)
    state = fields.code()
    built_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    letters = models.IntegerField()
    sha256 = fields.code(default="")

    def __str__(self) -> str:
        return self.id


class Delivery(models.Model):
    """How one letter goes: its channel is frozen when the letter is issued."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True)
    channel = fields.code()
    state = fields.code()
    changed_at = models.DateTimeField()
    batch = models.ForeignKey(PrintBatch, models.PROTECT, null=True, related_name="deliveries")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index("letter", condition=models.Q(state="to_print"), name="delivery_to_print")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.channel} {self.state}"


class Receipt(models.Model):
    """A moment at which something happened to a letter on its way, and who did it."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="receipts")
    kind = fields.code()
    actor = fields.code()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("letter", "at", name="delivery_receipts_of_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind}"
