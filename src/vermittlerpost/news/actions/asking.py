"""Keep what a user asks of the personal contact, as it was written."""

from dataclasses import dataclass

from django.db import transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.news import events
from vermittlerpost.news.models import ContactRequest


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
