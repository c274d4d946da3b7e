"""Druck: batches for the print shop, built, downloaded, handed over, recalled."""

from collections.abc import Container
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries
from vermittlerpost.delivery.rules import BatchState
from vermittlerpost.interfaces.backoffice.forms import Reason, filled
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.lib.storage import Folder

_SHOWN = 50
_STATES = {
    BatchState.BUILDING.value: "wird gebildet",
    BatchState.BUILT.value: "bereit zur Übergabe",
    BatchState.HANDED_OVER.value: "übergeben",
    BatchState.RECALLED.value: "zurückgerufen",
}
_KINDS = {"pdf": "application/pdf", "csv": "text/csv"}


@read_by(StaffRole.PRINT)
def overview(request: Visit) -> HttpResponseBase:
    """List the batches, the newest first, and how many letters wait for the next one."""
    stuck = set(queries.stuck_batches(patience=settings.ENVIRONMENT.print_patience).values_list("id", flat=True))
    rows = [
        {"batch": one, "state": _state(one, stuck), "is_built": one.state == BatchState.BUILT}
        for one in queries.batches().select_related("carrier")[:_SHOWN]
    ]
    context = {"rows": rows, "waiting": queries.to_print().count()}
    return render(request, "backoffice/printing.html", context)


@done_by(StaffRole.PRINT)
def build(request: Visit) -> HttpResponseBase:
    """Put what waits into batches."""
    made = delivery.build_batches(folder(), by=request.user.login_id)
    messages.success(request, f"Gebildet: {len(made)} Druckstapel.")
    return redirect("printing")


@done_by(StaffRole.PRINT)
def hand_over(request: Visit, batch: str) -> HttpResponseBase:
    """Note that a batch left for the print shop."""
    delivery.hand_over(batch, by=request.user.login_id)
    messages.success(request, f"Der Druckstapel {batch} ist übergeben; nichts darin lässt sich mehr zurückziehen.")
    return redirect("printing")


@done_by(StaffRole.PRINT)
def recall(request: Visit, batch: str) -> HttpResponseBase:
    """Take a batch back before it is handed over."""
    delivery.recall(batch, reason=filled(Reason, request)["reason"], by=request.user.login_id)
    delivery.clear_recalled(folder())
    messages.success(request, f"Der Druckstapel {batch} ist zurückgerufen; seine Schreiben kommen in den nächsten.")
    return redirect("printing")


@read_by(StaffRole.PRINT)
def download(_: Visit, /, batch: str, kind: str) -> HttpResponseBase:
    """Hand out a batch's PDF or manifest; a recalled batch has none."""
    known = queries.batches().filter(id=batch, state__in=[BatchState.BUILT, BatchState.HANDED_OVER]).exists()
    path = folder().path / f"{batch}.{kind}"
    if not known or kind not in _KINDS or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=_KINDS[kind])


def _state(batch: Any, stuck: Container[str]) -> str:
    """Return where a batch is, and whether it has been left lying there."""
    state = _STATES.get(batch.state, batch.state)
    if batch.confirmed_at:
        state = "von der Druckerei bestätigt, übergeben"
    elif batch.to_send_since and not batch.sent_at:
        state = "noch nicht bei der Druckerei, übergeben"
    return f"liegen geblieben: {state}" if batch.id in stuck else state


def folder() -> Folder:
    """Return where the files of batches lie."""
    return Folder(settings.HOME / "print")
