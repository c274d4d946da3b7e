"""Carriers, firms, agencies and their users."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from vermittlerpost.lib import fields


class Carrier(models.Model):
    """A risk carrier (Risikoträger) whose letters are delivered.

    `company_number` is that of the supervisory authority (BaFin). Brokers' software files letters by a policy number,
    which a case has not: `own_id_as_policy_number` gives it the case's id. `tells_endings` tells it when a case ends.
    """

    code = fields.code(primary_key=True)
    name = models.TextField()
    legal_name = models.TextField()
    sender_street = models.TextField()
    sender_postcode = models.TextField()
    sender_city = models.TextField()
    process = fields.code()
    company_number = fields.code(default="")
    own_id_as_policy_number = models.BooleanField(default=False)
    tells_endings = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Firm(models.Model):
    """An intermediary's firm: the unit that owns agencies and users.

    `people_use_software` lets people fetch letters with the broker software as well, not technical users alone.
    `paper_if_uncollected` has urgent letters printed that its software does not fetch in time.
    """

    id = fields.code(primary_key=True)
    name = models.TextField()
    self_service = models.BooleanField(default=False)
    second_factor = models.BooleanField(default=False)
    people_use_software = models.BooleanField(default=False)
    paper_if_uncollected = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A numbered sales unit; `lineage` holds its own number and those of all its parents."""

    number = fields.code(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="agencies")
    lineage = ArrayField(models.TextField())
    name = models.TextField()
    street = models.TextField()
    postcode = models.TextField()
    city = models.TextField()
    state = fields.code()
    electronic_from = models.DateField(null=True)
    electronic_until = models.DateField(null=True)
    contact_name = models.TextField()
    contact_email = models.TextField()
    contact_phone = models.TextField()

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Users(BaseUserManager["User"]):
    """Find users by their login id."""


class User(AbstractBaseUser):
    """A person or a program of a firm; who is `restricted` sees his assigned agencies and those below them only.

    `version` counts the changes, so that two who change him at once notice; `calendar_key` is the hash of the secret
    in the address of his calendar; `certificate` is the subject of the TLS certificate that a program logs in with.
    Who has `roles` is of the insurer's staff and belongs to no intermediary; `identity` is who he is at the insurer's
    identity provider, once he has come from there.
    """

    login_id = fields.code(unique=True)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="users")
    name = models.TextField()
    email = models.TextField(default="")
    administrator = models.BooleanField(default=False)
    technical = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    rights = ArrayField(models.TextField(), default=list)
    is_active = models.BooleanField(default=True)
    assigned_agencies = models.ManyToManyField(Agency, related_name="assigned_users")
    version = models.IntegerField(default=0)
    invited_at = models.DateTimeField(null=True)
    calendar_key = fields.code(default="")
    certificate = models.TextField(default="")
    roles = ArrayField(models.TextField(), default=list)
    identity = models.TextField(default="")

    class Meta:
        indexes = [models.Index("calendar_key", condition=~models.Q(calendar_key=""), name="agencies_calendar")]
        constraints = [
            models.UniqueConstraint("certificate", condition=~models.Q(certificate=""), name="agencies_certificate"),
            models.UniqueConstraint("identity", condition=~models.Q(identity=""), name="agencies_identity"),
        ]

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "login_id"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.login_id


class AddressChange(models.Model):
    """A new e-mail address that holds once it is confirmed at the old and at the new one."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="address_change")
    address = models.TextField()
    asked_at = models.DateTimeField()
    old_confirmed_at = models.DateTimeField(null=True)
    new_confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user_id)


class Token(models.Model):
    """What a program shows instead of a password for a while; only the hash of its secret is kept.

    `state` is what changes with the user's password: a token does not outlive it.
    """

    id = fields.code(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    state = fields.code()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at}"
