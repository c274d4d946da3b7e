"""Keep what a user asks of the personal contact, as it was written."""

from dataclasses import dataclass

from django.db import transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news import events
from vermittlerpost.news.models import ContactRequest


class NoOpenRequest(Refused):
    """There is no such question, or it has been answered."""

    code = "no_open_request"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a user asks; `token` is that of the form, so that what is sent twice is one question."""

    token: str
    subject: str
    text: str
    letter: str = ""


@transaction.atomic
def ask(question: Question, *, user: User, contact: Contact, by: str) -> tuple[ContactRequest, bool]:
    """Keep a question to a contact, and tell whether it is new; the same form with the same words asks but once."""
    parts = (user.login_id, question.token, question.letter, question.subject, question.text)
    request, is_new = ContactRequest.objects.get_or_create(
        id=identifiers.derive("K", *parts),
        defaults={
            "firm_id": user.firm_id,
            "user": user,
            "letter": question.letter,
            "subject": question.subject,
            "text": question.text,
            "contact_name": contact.name,
            "contact_email": contact.email,
            "at": clock.now(),
        },
    )
    if is_new:
        data = {"request": request.id, "letter": question.letter or None}
        journal.record([Event(kind=events.ASKED, subject=f"user:{user.login_id}", data=data)], by=by)
    return request, is_new


@transaction.atomic
def note_answered(request: str, *, by: str) -> None:
    """Note that the contact has answered a question; refuses one that is unknown or was answered before."""
    found = ContactRequest.objects.select_for_update(of=("self",)).select_related("user").filter(id=request).first()
    if found is None or found.answered_at is not None:
        raise NoOpenRequest("Die Anfrage {request} ist nicht (mehr) offen.", request=request)
    ContactRequest.objects.filter(id=request).update(answered_at=clock.now())
    subject = f"user:{found.user.login_id}"
    journal.record([Event(kind=events.ANSWERED, subject=subject, data={"request": request})], by=by)
