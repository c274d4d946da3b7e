"""Cases and what is due in them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from vermittlerpost.agencies.models import Agency, Carrier
from vermittlerpost.lib import fields


class Case(models.Model):
    """One registration for which no application has come in.

    Steps that are taken once more write letters of levels that are higher by `raised` than those of the steps.
    `legal_hold` says why its personal data must be kept; on `erased_on` they were removed.
    """

    id = fields.code(primary_key=True)
    message_id = fields.code(unique=True)
    carrier = models.ForeignKey(Carrier, models.PROTECT, null=True, db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="cases", db_index=False)
    evb = fields.code(default="")
    plate = models.TextField()
    season = fields.code(default="")
    vin = fields.code(default="")
    hsn = fields.code(default="")
    tsn = fields.code(default="")
    policyholder_name = models.TextField(default="")
    policyholder_street = models.TextField(default="")
    policyholder_postcode = models.TextField(default="")
    policyholder_city = models.TextField(default="")
    keeper_name = models.TextField()
    keeper_street = models.TextField()
    keeper_postcode = models.TextField()
    keeper_city = models.TextField()
    registered_on = models.DateField(null=True)
    authority = models.TextField(default="")
    process = fields.code(default="")
    state = fields.code()
    clarification = fields.code(default="")
    opened_on = models.DateField()
    requested_on = models.DateField(null=True)
    held_until = models.DateField(null=True)
    hold_reason = models.TextField(default="")
    raised = models.SmallIntegerField(db_default=0)
    closed_on = models.DateField(null=True)
    close_reason = fields.code(default="")
    legal_hold = models.TextField(db_default="")
    erased_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index("vin", condition=~Q(vin=""), name="cases_by_vin"),
            models.Index("evb", "state", "vin", condition=~Q(evb=""), name="cases_by_evb"),
            models.Index(fields=["agency", "-opened_on", "-id"], name="cases_of_agency"),
            models.Index("state", "agency", "opened_on", condition=~Q(state="closed"), name="cases_open"),
            GinIndex(SearchVector("policyholder_name", "keeper_name", config="simple"), name="cases_by_name"),
        ]

    def __str__(self) -> str:
        return self.id


class Plate(models.Model):
    """A plate that a case has or had, by the key under which its spellings match."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="plates")
    plate = models.TextField()
    key = fields.code()
    since = models.DateField()

    class Meta:
        indexes = [models.Index("key", name="cases_by_plate")]

    def __str__(self) -> str:
        return self.plate


class Deadline(models.Model):
    """When the next step of an open case is taken: narrow, since the sweep reads nothing else of cases at rest.

    `planned_on` is the day by the process, `due_at` the moment after holds.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True)
    planned_on = models.DateField()
    due_at = models.DateTimeField()
    stuck_at = models.DateTimeField(null=True)
    stuck_reason = models.TextField(default="")

    class Meta:
        indexes = [models.Index("due_at", condition=Q(stuck_at=None), name="cases_due")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_at}"


class Halt(models.Model):
    """What keeps every case from its steps: one row or none, so that all workers see it.

    On `until` it still holds; without that day somebody has to lift it.
    """

    since = models.DateTimeField()
    until = models.DateField(null=True)
    reason = models.TextField()
    by = fields.code()

    def __str__(self) -> str:
        return f"{self.since} {self.until}"


class Pause(models.Model):
    """An agency's word that the application is on its way, which holds the case for a bounded time (B4)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    letter = fields.code()
    submitted_on = models.DateField(null=True)
    until = models.DateField()
    days = models.SmallIntegerField()
    note = models.TextField(default="")
    by = fields.code()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.until}"


class Inquiry(models.Model):
    """An agency's query to the insurer: vehicle or agency is not right; the case waits for the answer."""

    id = fields.code(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="inquiries")
    letter = fields.code()
    subject = fields.code()
    text = models.TextField()
    by = fields.code()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = fields.code(default="")
    answer = models.TextField(default="")

    class Meta:
        verbose_name_plural = "inquiries"
        indexes = [models.Index("at", condition=Q(answered_at=None), name="cases_unanswered")]

    def __str__(self) -> str:
        return self.id


class Cancellation(models.Model):
    """Somebody's wish to cancel a case's provisional cover; somebody else approves or declines it (four eyes).

    If an application comes after all, or it should not have been, a person decides what becomes of one that was
    approved: `settled_as`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="cancellations")
    reason = models.TextField()
    proposed_by = fields.code()
    proposed_at = models.DateTimeField()
    decided_by = fields.code(default="")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(default=False)
    answer = models.TextField(default="")
    settled_as = fields.code(default="")
    settled_by = fields.code(default="")
    settled_at = models.DateTimeField(null=True)
    settled_reason = models.TextField(default="")

    class Meta:
        indexes = [models.Index("case", condition=Q(approved=True, settled_as=""), name="cases_cancelled_so_far")]
        constraints = [
            models.UniqueConstraint("case", condition=Q(decided_at=None), name="cases_one_undecided_cancellation")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.proposed_at}"


class Transfer(models.Model):
    """A portfolio, or one case of it, that moves to another agency on a day (Bestandsübertragung).

    Without `case` all cases move that are open on that day.
    """

    source = models.ForeignKey(Agency, models.PROTECT, related_name="transfers_away", db_index=False)
    target = models.ForeignKey(Agency, models.PROTECT, related_name="transfers_here", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="transfers", db_index=False)
    effective_on = models.DateField()
    reason = models.TextField()
    asked_by = fields.code()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    withdrawn_by = fields.code(default="")
    moved = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index("effective_on", condition=Q(ended_at=None), name="cases_transfers_ahead"),
            models.Index(
                fields=["source", "effective_on", "id"],
                condition=Q(case=None, ended_at__isnull=False, withdrawn_by=""),
                name="cases_portfolios_moved",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "source", condition=Q(ended_at=None, case=None), name="cases_one_transfer_of_a_portfolio"
            ),
            models.UniqueConstraint("case", condition=Q(ended_at=None), name="cases_one_transfer_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.target_id} {self.effective_on}"
