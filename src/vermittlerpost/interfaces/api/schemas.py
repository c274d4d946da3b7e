"""What answers look like, for the OpenAPI document and for those who write them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from vermittlerpost.exchange.rules.hooks import DispatchState, HookEvent
from vermittlerpost.notifications.rules import BounceFate

T = TypeVar("T")


class RowFault(Schema):
    """A cell that breaks a rule."""

    column: str = Field(description="Spalte; leer, wenn es um die ganze Zeile geht.")
    value: str = Field(description="Was dort stand, höchstens 200 Zeichen davon.")
    rule: str = Field(description="Regel, als deutscher Satz.")


class RowDoubt(Schema):
    """A cell that was taken, but may be wrong."""

    column: str = Field(description="Spalte.")
    value: str = Field(description="Was dort stand.")
    warning: str = Field(description="Warum es falsch sein könnte, als deutscher Satz.")


class RowVerdict(Schema):
    """What became of one row of a batch."""

    row: int = Field(description="Zeile, wie in Dateien gezählt: Das erste Objekt ist Zeile 2.")
    verdict: Literal["accepted", "known", "refused"]
    errors: list[RowFault] = []
    warnings: list[RowDoubt] = []


class BatchResult(Schema):
    """What became of a batch: each row in its order, and how many there were of which kind."""

    rows: list[RowVerdict]
    accepted: int
    known: int
    refused: int
    warned: int


class SingleResult(Schema):
    """What became of a single object that was not refused."""

    verdict: Literal["accepted", "known"]
    warnings: list[RowDoubt] = []


class PageOf(Schema, Generic[T]):
    """A page of a list; `next` is the address of the page behind it."""

    items: list[T]
    next: str | None = Field(description="Adresse der nächsten Seite; null auf der letzten.")


class NextStep(Schema):
    """What happens next in a case."""

    title: str
    sentence: str
    day: date | None
    urgency: str
    prevented_by: str
    held_until: date | None
    agency: str = Field(description="Agentur, an die das Schreiben des Schrittes geht; leer, wenn er keines bringt.")
    channel: str = Field(description="Weg dieses Schreibens, wie es jetzt steht: electronic oder post; sonst leer.")


class Case(Schema):
    """A case."""

    id: str
    message_id: str
    carrier: str | None
    agency: str | None
    evb: str
    plate: str
    vin: str
    state: str
    clarification: str
    opened_on: date
    requested_on: date | None
    held_until: date | None
    closed_on: date | None
    close_reason: str
    next_step: NextStep


class Letter(Schema):
    """A letter."""

    id: str
    case: str
    kind: str
    level: int
    urgency: str
    category: str
    carrier: str
    agency: str
    channel: str = Field(description="Weg: elektronisch oder Post.")
    delivery: str = Field(description="Wie weit es auf diesem Weg ist.")
    issued_at: datetime
    due_on: date | None
    settled_on: date | None
    settled_reason: str
    pdf: str = Field(description="Adresse des PDFs.")


class Receipt(Schema):
    """A recorded moment of a letter."""

    kind: str
    at: datetime
    actor: str


class Decision(Schema):
    """Why a user was or was not mailed about a letter or document."""

    matter: str
    login_id: str
    outcome: str
    reason: str | None
    origin: str
    mail: str | None
    mail_state: str | None
    sent_at: datetime | None


class Webhook(Schema):
    """Where a system is told what happens."""

    id: str
    url: str
    events: list[HookEvent]
    made_at: datetime
    waiting: int = Field(description="So viele Meldungen stehen noch aus.")
    failed: int = Field(description="So viele wurden aufgegeben.")


class NewWebhook(Schema):
    """A webhook that is to be set up."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(description="Adresse mit https://.", min_length=1, max_length=500)
    events: list[HookEvent] = Field(min_length=1, description="Was gemeldet werden soll.")


class AddedWebhook(Schema):
    """A webhook that has been set up, with its secret, which is shown this once."""

    id: str
    secret: str = Field(description="Geheimnis, mit dem Meldungen unterschrieben sind (Standard Webhooks).")


class Dispatch(Schema):
    """One message to a webhook."""

    id: str
    event: str
    case: str
    state: DispatchState
    made_at: datetime
    attempts: int
    next_attempt_at: datetime
    settled_at: datetime | None
    reply: str


class Redriven(Schema):
    """How many messages that were given up are tried again."""

    redriven: int


class BounceKind(StrEnum):
    """Whether an address will never take a mail, or did not take this one."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"


class NewBounce(Schema):
    """A mail of ours that could not be delivered."""

    model_config = ConfigDict(extra="forbid")

    message_id: str = Field(
        description="Message-ID der Mail, wie wir sie gesetzt haben; <M-…@…> oder nur M-….",
        pattern="^<?[!-;=?-~]{1,200}>?$",
        examples=["<M-7K2M-40QX-9TBA3@portal.example>"],
    )
    recipient: str = Field(
        description="Adresse, an die sie ging, oder deren SHA-256 (hexadezimal, die Adresse in Kleinbuchstaben).",
        min_length=3,
        max_length=320,
        examples=["carla@brueckner.example"],
    )
    kind: BounceKind = Field(
        description="permanent: endgültig unzustellbar; temporary: diesmal nicht zugestellt.", examples=["permanent"]
    )
    diagnostic: str = Field(
        "",
        description="Was der Mailserver sagte; behalten wird davon nur der Statuscode (RFC 3463).",
        max_length=2000,
        examples=["550 5.1.1 no such user"],
    )
    at: AwareDatetime = Field(
        description="Wann es geschah, mit Zeitzone (RFC 3339).", examples=["2026-03-02T07:00:09+01:00"]
    )


class BounceResult(Schema):
    """What a bounce led to."""

    fate: BounceFate = Field(
        description=(
            "suppressed: die Adresse wird nicht mehr angeschrieben; counted: gezählt; "
            "unknown: keine Mail von uns an diese Adresse, oder schon gezählt."
        )
    )
