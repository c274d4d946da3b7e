"""Rückfragen: agencies ask, and are answered by letter; and questions to the personal contact."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import Subject
from vermittlerpost.interfaces.backoffice.forms import Answer, ToAgency
from vermittlerpost.interfaces.backoffice.lists import CLERKS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, filled_in_by, read_by
from vermittlerpost.interfaces.backoffice.words import proofs_of
from vermittlerpost.interfaces.backoffice.worklists.picking import pick
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries as asked_of_contacts


@read_by(*CLERKS)
def overview(request: Visit) -> HttpResponseBase:
    """Show who waits for an answer, the longest first."""
    return _page(request, request.GET.get("auswahl", ""), Answer())


@filled_in_by(*CLERKS)
def answer(request: Visit, inquiry: str) -> HttpResponseBase:
    """Answer a query by letter; what was typed stays if that is refused."""
    if request.method != "POST":
        return redirect(f"{reverse('inquiries')}?auswahl={quote(inquiry)}")
    form = Answer(request.POST)
    if form.is_valid():
        try:
            letter = cases.answer(inquiry=inquiry, text=form.cleaned_data["text"], by=request.user.login_id)
        except Refused as refusal:
            form.add_error("text", refusal.sentence)
        else:
            messages.success(
                request, f"Die Antwort geht als Schreiben {letter} an die Agentur; der Vorgang läuft weiter."
            )
            return redirect("inquiries")
    return _page(request, inquiry, form)


def _page(request: Visit, inquiry: str, form: Answer) -> HttpResponseBase:
    picked = pick(queries.open_inquiries().select_related("case__agency"), inquiry)
    is_its_own = picked.chosen is not None and picked.chosen.id == inquiry
    context = {
        "picked": picked,
        "subjects": {subject.value: subject.words for subject in Subject},
        "proofs": proofs_of(picked.chosen.case_id) if picked.chosen else [],
        "form": form if is_its_own or not form.is_bound else Answer(),
        "unsent": form if form.is_bound and not is_its_own else None,
        "elsewhere": ToAgency(auto_id="elsewhere_%s"),
    }
    return render(request, "backoffice/worklists/inquiries.html", context)


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
