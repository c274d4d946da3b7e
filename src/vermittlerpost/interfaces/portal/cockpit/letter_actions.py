"""What can be done about a letter: pause, ask, hand over, mark; each works without scripts."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.cases import actions as act
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.cockpit.letter import entry_of
from vermittlerpost.interfaces.portal.cockpit.letter_forms import HandOverForm, InquiryForm, PauseForm
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib.errors import Refused

_WORDS: Mapping[str, tuple[Any, Any]] = {
    "pause": (gettext_lazy("Antrag ist unterwegs"), gettext_lazy("Erinnerungen ruhen lassen")),
    "inquiry": (gettext_lazy("Fahrzeug oder Agentur stimmt nicht"), gettext_lazy("Rückfrage senden")),
    "hand_over": (gettext_lazy("Weitergeben"), gettext_lazy("Übergeben")),
}
"""What is done to a letter, as its page and the button on it are called."""


@for_users("GET", "POST")
def letter_pause(request: Visit, letter: str) -> HttpResponseBase:
    """Let the agency say that the application is on its way, so that the case rests (B4)."""
    entry, case = entry_of(request, letter), _case_of(request, letter)
    latest = cases.latest_pause(case)
    form = PauseForm(request.POST or None, latest=latest)

    def pause() -> None:
        act.pause(case=case.id, letter=letter, by=request.user.login_id, **form.cleaned_data)

    if request.method == "POST" and _done(form, pause):
        return _back(
            request, letter, gettext("Danke. Die Erinnerungen ruhen; danach geht der Vorgang von selbst weiter.")
        )
    return _page(request, "pause", entry, form, latest=latest, step=cases.next_step(case))


@for_users("GET", "POST")
def letter_inquiry(request: Visit, letter: str) -> HttpResponseBase:
    """Let the agency tell the insurer that vehicle or agency is not right."""
    entry, case = entry_of(request, letter), _case_of(request, letter)
    form = InquiryForm(request.POST or None)

    def inquire() -> None:
        subject, text = Subject(form.cleaned_data["subject"]), form.cleaned_data["text"]
        act.inquire(case=case.id, letter=letter, subject=subject, text=text, by=request.user.login_id)

    if request.method == "POST" and _done(form, inquire):
        return _back(
            request, letter, gettext("Ihre Rückfrage liegt beim Versicherer. Die Erinnerungen ruhen bis dahin.")
        )
    return _page(request, "inquiry", entry, form)


@for_users("GET", "POST")
def letter_hand_over(request: Visit, letter: str) -> HttpResponseBase:
    """Hand the letter to a colleague who may see it, or to nobody."""
    entry = entry_of(request, letter)
    assignee = entry.assignee.login_id if entry.assignee else ""
    form = HandOverForm(request.POST or None, assignee=assignee, colleagues=delivery.colleagues(entry.agency_id))

    def hand_over() -> None:
        deliver.assign(letter=letter, to=form.cleaned_data["to"] or None, by=request.user.login_id)

    if request.method == "POST" and _done(form, hand_over):
        return _back(request, letter, gettext("Vermerkt, wer das Schreiben bearbeitet."))
    return _page(request, "hand_over", entry, form)


@for_users("POST")
def letter_done(request: Visit, letter: str) -> HttpResponseBase:
    """Note that nothing is left to do about the letter."""
    entry = entry_of(request, letter)
    deliver.mark_done(letters=[entry.letter_id], by=request.user.login_id)
    return _back(request, letter, gettext("Als erledigt vermerkt. Der Vorgang selbst läuft weiter."))


@for_users("POST")
def letter_reopen(request: Visit, letter: str) -> HttpResponseBase:
    """Put the letter back among the open ones."""
    entry = entry_of(request, letter)
    deliver.reopen(letters=[entry.letter_id], by=request.user.login_id)
    return _back(request, letter, gettext("Das Schreiben ist wieder offen."))


@for_users("POST")
def letter_unread(request: Visit, letter: str) -> HttpResponseBase:
    """Let the letter look as if nobody had opened it, and return to the mailbox, as opening it would undo that."""
    entry = entry_of(request, letter)
    deliver.mark_unread(letters=[entry.letter_id], by=request.user.login_id)
    messages.success(request, gettext("Als ungelesen vermerkt."))
    return redirect("mailbox")


def _case_of(request: Visit, letter: str) -> Any:
    """Return the case of a letter if it is still the visitor's to act on; it may have gone to another firm."""
    case = cases.visible_to(request.user).filter(id=entry_of(request, letter).case).first()
    if case is None:
        raise Http404
    return case


def _done(form: forms.Form, action: Callable[[], None]) -> bool:
    """Tell whether an action was done; what it refuses is said in the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except Refused as refusal:
        form.add_error(None, said(refusal))
        return False
    return True


def _back(request: Visit, letter: str, sentence: str) -> HttpResponseBase:
    messages.success(request, sentence)
    return redirect("letter", letter)


def _page(request: Visit, name: str, entry: Any, form: forms.Form, **more: Any) -> HttpResponseBase:
    action, button = _WORDS[name]
    title = KINDS[entry.kind].titled(entry.due_on)
    context = {"action": action, "button": button, "entry": entry, "title": title, "form": form}
    return render(request, f"portal/cockpit/letter_{name}.html", context | more)
