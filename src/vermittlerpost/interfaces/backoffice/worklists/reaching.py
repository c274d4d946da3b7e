"""Who is not reached: paper that came back, and addresses that bounce."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries
from vermittlerpost.interfaces.backoffice.forms import Number, Reason, filled
from vermittlerpost.interfaces.backoffice.lists import KEEPERS, MOST, POSTROOM
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as mails


@read_by(*POSTROOM)
def returns(request: Visit) -> HttpResponseBase:
    """Show the letters that came back, and a form for the next one."""
    rows = [
        {"delivery": one, "title": KINDS[one.letter.kind].titled(one.letter.due_on)}
        for one in queries.returned()[:MOST]
    ]
    return render(request, "backoffice/worklists/returns.html", {"rows": rows, "form": Number()})


@done_by(*POSTROOM)
def note_return(request: Visit) -> HttpResponseBase:
    """Note that the post brought a letter back."""
    asked = filled(Number, request)
    letter = asked["letter"].strip().upper()
    delivery.note_return(letter, reason=asked["reason"], by=request.user.login_id)
    messages.success(request, f"Der Rücklauf des Schreibens {letter} ist vermerkt.")
    return redirect("returns")


@done_by(*POSTROOM)
def send_again(request: Visit, letter: str) -> HttpResponseBase:
    """Send a letter once more, to the agency's address of today."""
    delivery.send_again(letter=letter, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Das Schreiben {letter} geht mit dem nächsten Druckstapel noch einmal hinaus.")
    return redirect("returns")


@done_by(*POSTROOM)
def settle_return(request: Visit, letter: str) -> HttpResponseBase:
    """Leave it at that a letter came back."""
    delivery.settle_return(letter=letter, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    messages.success(request, f"Der Rücklauf des Schreibens {letter} ist abgeschlossen.")
    return redirect("returns")


@read_by(*KEEPERS)
def addresses(request: Visit) -> HttpResponseBase:
    """Show the addresses that are not written to, and whose they are."""
    rows = [{"suppression": one, "logins": agencies.logins_with(one.address)} for one in mails.suppressions()[:MOST]]
    return render(request, "backoffice/worklists/addresses.html", {"rows": rows})


@done_by(*KEEPERS)
def restore(request: Visit) -> HttpResponseBase:
    """Write to an address again."""
    address = request.POST.get("address", "")
    notifications.restore(address, by=request.user.login_id)
    messages.success(request, f"An {address} wird wieder geschrieben.")
    return redirect("addresses")
