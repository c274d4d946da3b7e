"""Rückfragen: agencies ask, and are answered by letter; and questions to the personal contact."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import Subject
from vermittlerpost.interfaces.backoffice.forms import Answer, ToAgency, filled
from vermittlerpost.interfaces.backoffice.lists import CLERKS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.interfaces.backoffice.words import proofs_of
from vermittlerpost.interfaces.backoffice.worklists.picking import pick
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries as asked_of_contacts


@read_by(*CLERKS)
def overview(request: Visit) -> HttpResponseBase:
    """Show who waits for an answer, the longest first."""
    waiting = queries.open_inquiries().select_related("case__agency")
    picked = pick(waiting, request.GET.get("auswahl", ""))
    context = {
        "picked": picked,
        "subjects": {subject.value: subject.words for subject in Subject},
        "proofs": proofs_of(picked.chosen.case_id) if picked.chosen else [],
        "form": Answer(),
        "elsewhere": ToAgency(auto_id="elsewhere_%s"),
    }
    return render(request, "backoffice/worklists/inquiries.html", context)


@done_by(*CLERKS)
def answer(request: Visit, inquiry: str) -> HttpResponseBase:
    """Answer a query by letter."""
    letter = cases.answer(inquiry=inquiry, text=filled(Answer, request)["text"], by=request.user.login_id)
    messages.success(request, f"Die Antwort geht als Schreiben {letter} an die Agentur; der Vorgang läuft weiter.")
    return redirect("inquiries")


@read_by(*CLERKS)
def contact_requests(request: Visit) -> HttpResponseBase:
    """Show what people wrote to their contact."""
    picked = pick(asked_of_contacts.unanswered(), request.GET.get("auswahl", ""))
    return render(request, "backoffice/worklists/contact_requests.html", {"picked": picked})


@done_by(*CLERKS)
def note_answered(request: Visit, number: str) -> HttpResponseBase:
    """Note that the contact has answered."""
    news.note_answered(number, by=request.user.login_id)
    messages.success(request, f"Die Anfrage {number} ist als beantwortet vermerkt.")
    return redirect("contact_requests")
