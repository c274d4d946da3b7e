"""Kontakt: whom to ask, a form to ask, and what was asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.contact import asking
from vermittlerpost.interfaces.portal.contact.forms import ContactForm
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news import queries
from vermittlerpost.news.actions import Question, TooManyQuestions

_AT_ONCE = 10


@for_users("GET", "POST")
def contact(request: Visit) -> HttpResponseBase:
    """Show the personal contact, take a message to it, perhaps about a letter, and list what was written before."""
    entry = _letter(request)
    person = agencies.contact_of(request.user)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and person and form.is_valid() and _is_sent(request, form, person):
        return redirect("contact")
    context = {"entry": entry, "person": person, "form": form, **_requests(request)}
    return render(request, "portal/contact/contact.html", context)


def _letter(request: Visit) -> Any:
    letter = request.GET.get("schreiben", "")
    if not letter:
        return None
    entry = delivery.entry(request.user, letter)
    if entry is None:
        raise Http404
    return entry


def _is_sent(request: Visit, form: ContactForm, person: Contact) -> bool:
    """Send the message; a refusal is shown in the form."""
    question = Question(letter=request.GET.get("schreiben", ""), **form.cleaned_data)
    try:
        asking.send(question, user=request.user, contact=person)
    except TooManyQuestions as refusal:
        form.add_error(None, said(refusal))
        return False
    except Refused:
        form.add_error(None, gettext("Diesem Kontakt kann gerade nicht geschrieben werden. Bitte rufen Sie an."))
        return False
    messages.success(request, gettext("Ihre Nachricht an %(name)s ist unterwegs.") % {"name": person.name})
    return True


def _requests(request: Visit) -> dict[str, object]:
    """Return some of the user's requests, those behind the one that the address names, and the last if more follow."""
    requests = queries.requests_of(request.user)
    last = requests.filter(id=request.GET.get("vor", "")).first()
    found = list((queries.requests_before(last) if last else requests)[: _AT_ONCE + 1])
    return {"requests": found[:_AT_ONCE], "next": found[_AT_ONCE - 1].id if len(found) > _AT_ONCE else ""}
