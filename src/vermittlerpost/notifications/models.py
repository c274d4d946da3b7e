"""Who wants which mails, which mails there are, and why somebody got none."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from vermittlerpost.agencies.models import Agency, User
from vermittlerpost.lib import fields


class Preference(models.Model):
    """A user's explicit choice for a category; no row means that the role's default holds.

    One with `until` goes before the other up to and including that day, and is no more than a memory afterwards.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    category = fields.code()
    choice = models.BooleanField()
    until = models.DateField(null=True)
    chosen_at = models.DateTimeField()
    chosen_by = fields.code()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "category", condition=Q(until=None), name="notifications_one_choice"),
            models.UniqueConstraint("user", "category", condition=~Q(until=None), name="notifications_one_exception"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.category} {self.choice}"


class Mail(models.Model):
    """One mail to one user about one category: what it speaks of are its mentions.

    A mail that the user himself caused (an invitation, a new password) has a message's code and its `content` instead;
    it goes to `address` if that is somebody else's or not his yet.
    """

    id = fields.code(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="mails")
    category = fields.code(default="")
    message = fields.code(db_default="")
    address = fields.code(db_default="")
    content = models.JSONField(null=True)
    state = fields.code()
    made_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reply = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index("next_attempt_at", condition=Q(state="waiting"), name="notifications_to_send"),
            models.Index("lease_until", condition=Q(state__in=["claimed", "sending"]), name="notifications_leased"),
            models.Index("user", "category", condition=Q(state="waiting"), name="notifications_open_bundle"),
            models.Index("user", "made_at", name="notifications_mails_of_user"),
            models.Index("made_at", "id", name="notifications_mails_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class Mention(models.Model):
    """One letter or document in one mail; never two to one address about the same (the database refuses it)."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="mentions")
    matter = fields.code()
    case = fields.code(default="")
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    urgency = fields.code(default="")
    due_on = models.DateField(null=True)
    user = models.ForeignKey(User, models.PROTECT)
    address = fields.code()
    origin = fields.code()
    outcome = fields.code()
    reason = fields.code(default="")
    case_ended = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("matter", "address", name="notifications_one_mail_per_address")]
        indexes = [models.Index("case", condition=Q(outcome="mailed"), name="notifications_of_case")]

    def __str__(self) -> str:
        return f"{self.matter} {self.outcome}"


class Unmailed(models.Model):
    """The users in scope who are not mailed about a letter or document, kept per reason and origin."""

    matter = fields.code()
    category = fields.code()
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    reason = fields.code()
    origin = fields.code()
    users = ArrayField(models.BigIntegerField())
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "unmailed"
        indexes = [
            models.Index("matter", name="notifications_unmailed_matter"),
            models.Index("agency", "decided_at", name="notifications_unmailed_agency"),
            # They come in the order of time, so that ranges of pages are enough, and writing costs next to nothing.
            BrinIndex("decided_at", autosummarize=True, name="notifications_unmailed_brin"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.reason}"


class SoftBounce(models.Model):
    """A mail that could not be delivered this time; several in a short time mean that nobody is there."""

    mail = models.OneToOneField(Mail, models.CASCADE, primary_key=True)
    address = fields.code()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("address", "at", name="notifications_soft_bounces")]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.at}"


class FoundGap(models.Model):
    """An agency about whose letters of a category nobody is mailed, as a look found it; `ended_at` is when it was gone.

    One that has not ended is known, and nobody is told of it again.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="found_gaps")
    category = fields.code()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "category", condition=Q(ended_at=None), name="notifications_open_gap")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.category}"


class Suppression(models.Model):
    """An address that bounced hard and is not written to until it is lifted."""

    address = fields.code(primary_key=True)
    since = models.DateTimeField()
    reason = models.TextField()

    def __str__(self) -> str:
        return self.reason
