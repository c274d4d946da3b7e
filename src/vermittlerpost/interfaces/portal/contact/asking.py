"""A question to the contact: kept, mailed to him, and confirmed, all or nothing."""

from django.db import transaction
from django.urls import reverse

from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.news import actions as news
from vermittlerpost.notifications import actions as notifications


@transaction.atomic
def send(question: news.Question, *, user: Account, contact: Contact) -> str:
    """Send a question and return its id; what was sent already is not sent again.

    Refuses a contact whose address cannot be mailed to.
    """
    request, is_new = news.ask(question, user=user, contact=contact, by=user.login_id)
    if is_new:
        _mail_contact(request.id, question, user, contact)
        _confirm(request.id, user, contact)
    return request.id


def _mail_contact(request: str, question: news.Question, user: Account, contact: Contact) -> None:
    content = {
        "request": request,
        "firm": user.firm.name,
        "name": user.name,
        "reply_to": user.email,
        "letter": question.letter,
        "subject": question.subject,
        "text": question.text,
    }
    notifications.send_message(
        "contact_request", user=user.id, address=contact.email, content=content, by=user.login_id
    )


def _confirm(request: str, user: Account, contact: Contact) -> None:
    # Who has no address reads the confirmation in the portal alone.
    if user.email:
        content = {"link": reverse("contact"), "request": request, "contact": contact.name, "phone": contact.phone}
        notifications.send_message("contact_copy", user=user.id, content=content, by=user.login_id)
