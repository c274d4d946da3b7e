"""The way of each letter to its agency."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from vermittlerpost.agencies.models import Agency, Carrier, User
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import fields


class PrintBatch(models.Model):
    """Letters of one carrier that go to the print shop together: one PDF and its manifest.

    Where its files are to be laid at the print shop they are so from `to_send_since` on, and `sent_at` that moment;
    at `confirmed_at` the print shop has them.
    """

    id = fields.code(primary_key=True)
    carrier = models.ForeignKey(Carrier, models.PROTECT, db_index=False)
    state = fields.code()
    built_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    letters = models.IntegerField()
    sha256 = fields.code(default="")
    to_send_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id


class Delivery(models.Model):
    """How one letter goes: its channel is frozen when the letter is issued.

    It goes by post as well if nobody takes notice of it, or if it is `wanted_by` somebody on paper.
    """

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True)
    channel = fields.code()
    state = fields.code()
    changed_at = models.DateTimeField()
    batch = models.ForeignKey(PrintBatch, models.PROTECT, null=True, related_name="deliveries")
    wanted_by = fields.code(db_default="")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index("letter", condition=Q(state="to_print"), name="delivery_to_print")]

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


_NEWEST = ("-provided_at", "-letter")
_UNREAD = Q(read_at=None, done_on=None)
_DUE = Func("due_on", template="coalesce(%(expressions)s, '9999-12-31'::date)")


class MailboxEntry(models.Model):
    """A provided letter as the agency works it off: all that a list shows, sorts, filters and searches by.

    `plate` and `policyholder` are those of the letter. `words` are what it is found by, each with its agency before
    it, so that a search reads the searcher's letters only.
    """

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True, related_name="entry")
    case = fields.code()
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    carrier = models.ForeignKey(Carrier, models.PROTECT, db_index=False)
    kind = fields.code()
    level = models.SmallIntegerField()
    urgency = fields.code()
    category = fields.code()
    due_on = models.DateField(null=True)
    plate = models.TextField()
    policyholder = models.TextField()
    provided_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = fields.code(default="")
    done_on = models.DateField(null=True)
    done_reason = fields.code(default="")
    done_by = fields.code(default="")
    assignee = models.ForeignKey(User, models.SET_NULL, null=True, db_index=False)
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = "mailbox entries"
        # A list is ordered by date, an open one by due date as well; each reads what it shows and nothing else.
        indexes = [
            models.Index("case", name="delivery_entries_of_case"),
            models.Index(fields=["agency", *_NEWEST], name="delivery_mailbox"),
            models.Index(fields=_NEWEST, name="delivery_mailbox_of_all"),
            models.Index(fields=["agency", *_NEWEST], condition=Q(done_on=None), name="delivery_mailbox_open"),
            models.Index(fields=["agency", *_NEWEST], condition=_UNREAD, name="delivery_mailbox_unread"),
            models.Index(fields=["agency", *_NEWEST], condition=~Q(done_on=None), name="delivery_mailbox_done"),
            models.Index(
                fields=["assignee", "agency", *_NEWEST],
                condition=~Q(assignee=None),
                name="delivery_mailbox_assigned",
            ),
            models.Index("agency", _DUE, "letter", condition=Q(done_on=None), name="delivery_mailbox_due"),
            # Its searches must not wade through what was written last, so every word goes to its place at once.
            GinIndex("words", name="delivery_mailbox_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.letter_id


class Shipment(models.Model):
    """What a firm's software finds at the BiPRO interface (Lieferung): a provided letter, or the end of its case.

    That of a letter bears the letter's id. Until it is acknowledged it is listed, until `available_until` it can be
    fetched. `urgent` ones are watched.
    """

    id = fields.code(primary_key=True)
    letter = models.ForeignKey(Letter, models.PROTECT, db_index=False)
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False)
    content = fields.code()
    category = fields.code()
    urgent = models.BooleanField()
    provided_at = models.DateTimeField()
    available_until = models.DateField()
    fetched_at = models.DateTimeField(null=True)
    fetched_by = fields.code(default="")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = fields.code(default="")
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        # Of each shipment one of the first two has an entry: what is new is found without passing what was taken.
        indexes = [
            models.Index(
                fields=["agency", "provided_at", "id"], condition=Q(acknowledged_at=None), name="delivery_new"
            ),
            models.Index(
                fields=["agency", "provided_at", "id"], condition=~Q(acknowledged_at=None), name="delivery_taken"
            ),
            models.Index(
                "provided_at", condition=Q(urgent=True, fetched_at=None, alarmed_at=None), name="delivery_uncollected"
            ),
            models.Index(
                fields=["agency", "provided_at", "id"],
                condition=Q(alarmed_at__isnull=False, fetched_at=None, acknowledged_at=None),
                name="delivery_left_lying",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class Pickup(models.Model):
    """When a firm's software last asked for shipments and fetched one, and what it calls itself."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="pickup")
    listed_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    consumer = models.TextField(default="")

    def __str__(self) -> str:
        return str(self.user_id)
