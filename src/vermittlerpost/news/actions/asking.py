"""Keep what a user asks of the personal contact, as it was written."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news import events, queries
from vermittlerpost.news.models import ContactRequest

MOST_A_DAY = 20


class NoOpenRequest(Refused):
    """There is no such question, or it has been answered."""

    code = "no_open_request"


class TooManyQuestions(Refused):
    """Somebody has written to his contact so often today that a machine or a call is more likely."""

    code = "too_many_questions"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a user asks; `token` is that of the form, so that what is sent twice is one question."""

    token: str
    subject: str
    text: str
    letter: str = ""


@transaction.atomic
def ask(question: Question, *, user: User, contact: Contact, by: str) -> tuple[ContactRequest, bool]:
    """Keep a question to a contact, and tell whether it is new; the same form with the same words asks but once.

    Refuses more than twenty of a user on one German day, since each of them is mailed.
    """
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
        _refuse_too_many(user)
        data = {"request": request.id, "letter": question.letter or None}
        journal.record([Event(kind=events.ASKED, subject=f"user:{user.login_id}", data=data)], by=by)
    return request, is_new


def _refuse_too_many(user: User) -> None:
    today = clock.german_moment(clock.today(), time())
    if queries.requests_of(user).filter(at__gte=today).count() > MOST_A_DAY:
        raise TooManyQuestions("Heute haben Sie schon oft geschrieben. Bitte rufen Sie an, oder schreiben Sie morgen.")


@transaction.atomic
def note_answered(request: str, *, by: str) -> None:
    """Note that the contact has answered a question; refuses one that is unknown or was answered before."""
    found = ContactRequest.objects.select_for_update(of=("self",)).select_related("user").filter(id=request).first()
    if found is None or found.answered_at is not None:
        raise NoOpenRequest("Die Anfrage {request} ist nicht (mehr) offen.", request=request)
    ContactRequest.objects.filter(id=request).update(answered_at=clock.now())
    subject = f"user:{found.user.login_id}"
    journal.record([Event(kind=events.ANSWERED, subject=subject, data={"request": request})], by=by)
