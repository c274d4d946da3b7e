"""What is done with the letters that somebody chose in the list."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.cockpit.mailbox_files import MOST_LETTERS, zip_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users

_ACTIONS: Mapping[str, Callable[..., int]] = {
    "gelesen": deliver.mark_read,
    "ungelesen": deliver.mark_unread,
    "erledigt": deliver.mark_done,
    "offen": deliver.reopen,
}


@for_users("POST")
def mailbox_selection(request: Visit) -> HttpResponseBase:
    """Do the same with all letters that are chosen; those that are not the visitor's are passed over (R8)."""
    action, letters = _asked(request)
    entries = delivery.among(request.user, letters)
    if not letters:
        messages.warning(request, gettext("Wählen Sie zuerst aus, welche Schreiben Sie meinen."))
    elif action == "zip" and len(entries) > MOST_LETTERS:
        messages.error(request, _too_many(len(entries)))
    elif action == "zip" and entries:
        return zip_of(entries, by=request.user.login_id)
    elif action in _ACTIONS:
        changed = _ACTIONS[action](letters=[entry.letter_id for entry in entries], by=request.user.login_id)
        messages.success(request, _said(action, changed))
    return redirect(f"{reverse('mailbox')}?{request.POST.get('filter', '')}")


def _asked(request: Visit) -> tuple[str, Sequence[str]]:
    """Return what is to be done with which letters; the button in a row speaks of this row only."""
    action, _, letter = request.POST.get("eines", "").partition(":")
    if letter:
        return action, [letter]
    everything = request.POST.get("seite", "").split()
    return request.POST.get("aktion", ""), everything if "alle" in request.POST else request.POST.getlist("schreiben")


def _too_many(number: int) -> str:
    return gettext("Ein ZIP fasst höchstens %(most)d Schreiben, gewählt sind %(number)d. Bitte wählen Sie weniger.") % {
        "most": MOST_LETTERS,
        "number": number,
    }


def _said(action: str, changed: int) -> str:
    if not changed:
        return gettext("Daran war nichts zu ändern.")
    sentences: dict[str, Any] = {
        "gelesen": ngettext("Ein Schreiben als gelesen vermerkt.", "%(n)d Schreiben als gelesen vermerkt.", changed),
        "ungelesen": ngettext(
            "Ein Schreiben als ungelesen vermerkt.", "%(n)d Schreiben als ungelesen vermerkt.", changed
        ),
        "erledigt": ngettext(
            "Ein Schreiben als erledigt vermerkt. Der Vorgang selbst läuft weiter.",
            "%(n)d Schreiben als erledigt vermerkt. Die Vorgänge selbst laufen weiter.",
            changed,
        ),
        "offen": ngettext("Ein Schreiben wieder geöffnet.", "%(n)d Schreiben wieder geöffnet.", changed),
    }
    return str(sentences[action]) % {"n": changed} if changed > 1 else str(sentences[action])
