"""What came in, as it came in, and what became of it."""

from django.db import models
from django.db.models import Q

from vermittlerpost.agencies.models import Carrier
from vermittlerpost.lib import fields


class Evb(models.Model):
    """An insurance confirmation (elektronische Versicherungsbestätigung); its agency may be unknown here."""

    number = fields.code(primary_key=True)
    carrier = models.ForeignKey(Carrier, models.PROTECT, db_index=False)
    agency = fields.code()
    policyholder_name = models.TextField()
    policyholder_street = models.TextField()
    policyholder_postcode = models.TextField()
    policyholder_city = models.TextField()
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    kind = fields.code()

    def __str__(self) -> str:
        return self.number


class Notice(models.Model):
    """A message of the registration authorities; a withdrawal bears the message id of the notice it withdraws."""

    message_id = fields.code()
    kind = fields.code()
    received_at = models.DateTimeField()
    evb = fields.code(default="")
    plate = models.TextField()
    plate_key = fields.code()
    season = fields.code(default="")
    vin = fields.code(default="")
    hsn = fields.code(default="")
    tsn = fields.code(default="")
    keeper_name = models.TextField()
    keeper_street = models.TextField()
    keeper_postcode = models.TextField()
    keeper_city = models.TextField()
    registered_on = models.DateField(null=True)
    authority = models.TextField(default="")
    outcome = fields.code()
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("message_id", condition=~Q(kind="withdrawn"), name="intake_one_notice"),
            models.UniqueConstraint("message_id", condition=Q(kind="withdrawn"), name="intake_one_withdrawal"),
        ]
        indexes = [
            models.Index("evb", condition=Q(outcome="prevented"), name="intake_prevented_by_evb"),
            models.Index("vin", condition=Q(outcome="prevented"), name="intake_prevented_by_vin"),
            models.Index("plate_key", condition=Q(outcome="prevented"), name="intake_prevented_by_plate"),
            models.Index("outcome", condition=Q(outcome__in=["ambiguous", "unmatched"]), name="intake_notices_open"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def withdraws(self) -> bool:
        """Tell whether this message takes another notice back."""
        return self.kind == "withdrawn"


class Application(models.Model):
    """An application that has come in, and the one case that it ended or prevented."""

    application_id = fields.code(primary_key=True)
    received_at = models.DateTimeField()
    evb = fields.code(default="")
    plate = models.TextField(default="")
    plate_key = fields.code(default="")
    vin = fields.code(default="")
    agency = fields.code(default="")
    outcome = fields.code()
    message_id = fields.code(default="")

    class Meta:
        indexes = [
            models.Index("vin", condition=Q(outcome="waiting"), name="intake_waiting_by_vin"),
            models.Index("evb", condition=Q(outcome="waiting"), name="intake_waiting_by_evb"),
            models.Index("plate_key", condition=Q(outcome="waiting"), name="intake_waiting_by_plate"),
        ]

    def __str__(self) -> str:
        return self.application_id


class ImportedFile(models.Model):
    """One feeding of one file, and its result."""

    name = models.TextField()
    format = fields.code()
    fed_at = models.DateTimeField()
    accepted = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index("fed_at", name="intake_files_by_moment")]

    def __str__(self) -> str:
        return self.name


class RefusedRow(models.Model):
    """A cell that was refused, kept for inspection: which row, which column, what stood there, which rule."""

    file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="refused_rows")
    row = models.IntegerField()
    column = models.TextField()
    value = models.TextField()
    rule = models.TextField()

    class Meta:
        indexes = [models.Index("file", "row", "id", name="intake_refused_in_file")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.row} {self.column}"
