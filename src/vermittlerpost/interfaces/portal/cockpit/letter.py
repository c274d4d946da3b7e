"""A letter: its page and its PDF. Opening it is recorded (R9)."""

from typing import Any

from csp.decorators import csp_exempt
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.interfaces.portal.cockpit.letter_page import page_of
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.interfaces.portal.stores import letter_store
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.storage import Away


@for_users()
def letter(request: Visit, letter: str) -> HttpResponseBase:
    """Show a letter with all that belongs to it, and note that it was displayed."""
    entry = entry_of(request, letter)
    if _note_display(request, entry):
        entry = entry_of(request, letter)
    return render(request, "portal/cockpit/letter.html", {"page": page_of(entry, request.user)})


# The browser's own viewer shows it, with scripts and styles of its own.
@csp_exempt()  # type: ignore[arg-type]  # its type knows no views with arguments
@for_users()
def letter_pdf(request: Visit, letter: str) -> HttpResponseBase:
    """Give the PDF: within the page, or to be kept if `download` is asked for, which is noted as such."""
    entry = entry_of(request, letter)
    try:
        pdf = letters.pdf_of(letter, letter_store(), by=request.user.login_id)
    except (Away, letters.NotMade) as refusal:
        is_away = isinstance(refusal, Away)
        return render(request, "portal/cockpit/letter_away.html", {"is_away": is_away}, status=503)
    to_keep = "download" in request.GET
    if not to_keep:
        _note_display(request, entry)
    elif request.method == "GET":
        _note(request, entry, ReceiptKind.DOWNLOADED)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if to_keep else "inline"}; filename="{letter}.pdf"'
    return response


def entry_of(request: Visit, letter: str) -> Any:
    """Return the mailbox entry of a letter that a visitor may see; for all others there is no such page (R8)."""
    entry = delivery.entry(request.user, letter)
    if entry is None:
        raise Http404
    return entry


def _note_display(request: Visit, entry: Any) -> bool:
    """Note that somebody has the letter before him: once a day and person, and again once it was put back as unread."""
    is_noted = any(
        receipt.kind == ReceiptKind.DISPLAYED
        and receipt.actor == request.user.login_id
        and clock.german_day(receipt.at) == clock.today()
        for receipt in delivery.receipts_of(entry.letter_id)
    )
    if request.method != "GET" or (is_noted and entry.read_at is not None):
        return False
    _note(request, entry, ReceiptKind.DISPLAYED)
    return True


def _note(request: Visit, entry: Any, kind: ReceiptKind) -> None:
    deliver.record_receipt(letter=entry.letter_id, case=entry.case, kind=kind, by=request.user.login_id)
