"""Letters, exactly as written."""

from django.db import models

from vermittlerpost.agencies.models import Agency, Carrier
from vermittlerpost.lib import fields


class Letter(models.Model):
    """One letter of one case: its facts are frozen; on `erased_on` they were removed, and its PDF with them."""

    id = fields.code(primary_key=True)
    case = fields.code()
    kind = fields.code()
    level = models.SmallIntegerField()
    urgency = fields.code()
    category = fields.code()
    carrier = models.ForeignKey(Carrier, models.PROTECT, db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    due_on = models.DateField(null=True)
    facts = models.JSONField()
    settled_on = models.DateField(null=True)
    settled_reason = fields.code(default="")
    erased_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("case", "kind", "level", name="letters_one_per_case_kind_level")]

    def __str__(self) -> str:
        return self.id


class Rendering(models.Model):
    """A letter's PDF: known by its hash once it is made, and made by whoever holds the lease."""

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True)
    sha256 = fields.code(default="")
    leased_until = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    stuck_reason = models.TextField(default="")

    class Meta:
        indexes = [models.Index("letter", condition=models.Q(sha256="", stuck_at=None), name="letters_to_render")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.sha256}"
