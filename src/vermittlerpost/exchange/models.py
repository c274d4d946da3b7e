"""Keys, answers, webhooks, and what was or will be sent to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vermittlerpost.lib import fields


class ApiKey(models.Model):
    """What a system shows to be let in; only the hash of its secret is kept. `holder` outlives the key."""

    id = fields.code(primary_key=True)
    holder = fields.code()
    scopes = ArrayField(models.TextField())
    hash = fields.code()
    issued_at = models.DateTimeField()
    issued_by = fields.code()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.id} {self.holder}"


class Answer(models.Model):
    """What a request with an idempotency key was answered; `body` is deflated, and empty once it was erased."""

    holder = fields.code()
    key = fields.code()
    fingerprint = fields.code()
    status = models.SmallIntegerField()
    content_type = fields.code()
    body = models.BinaryField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("holder", "key", name="exchange_one_answer")]

    def __str__(self) -> str:
        return f"{self.holder} {self.key}"


class Webhook(models.Model):
    """Where a system wants to be told what happens; it `rests_until` after it could not be reached."""

    id = fields.code(primary_key=True)
    holder = fields.code()
    url = models.TextField()
    events = ArrayField(models.TextField())
    salt = fields.code()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("holder", "id", name="exchange_webhooks")]

    def __str__(self) -> str:
        return f"{self.id} {self.holder}"


class Dispatch(models.Model):
    """One happening, told to one webhook; those of a case go out in the order of their journal entries."""

    id = fields.code(primary_key=True)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="dispatches", db_index=False)
    entry = models.BigIntegerField()
    case = fields.code()
    event = fields.code()
    payload = models.JSONField()
    state = fields.code()
    made_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    first_attempt_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reply = models.TextField(default="")

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [models.UniqueConstraint("webhook", "entry", name="exchange_told_once")]
        indexes = [
            models.Index("next_attempt_at", condition=Q(state="waiting"), name="exchange_to_send"),
            models.Index("webhook", "case", "entry", condition=Q(state="waiting"), name="exchange_in_order"),
            models.Index("webhook", "state", "id", name="exchange_dispatches"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class Place(models.Model):
    """How far the journal has been read for webhooks: all up to `settled`.

    Up to `seen` it was written, perhaps not committed yet by transactions as old as `seen_in`.
    """

    settled = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_in = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.settled}–{self.seen}"
