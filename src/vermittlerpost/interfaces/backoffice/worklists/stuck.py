"""Liegen geblieben: what failed, to be tried again or settled with a reason."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from vermittlerpost.interfaces.backoffice.forms import Reason, filled
from vermittlerpost.interfaces.backoffice.lists import KEEPERS
from vermittlerpost.interfaces.backoffice.pages import Visit, done_by, read_by
from vermittlerpost.interfaces.backoffice.worklists import failures


@read_by(*KEEPERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show all that failed, with its reason as far as it is known."""
    return render(request, "backoffice/worklists/stuck.html", {"rows": failures.all_of_them()})


@done_by(*KEEPERS)
def retry(request: Visit, kind: str, reference: str) -> HttpResponseBase:
    """Try something again."""
    if kind not in failures.TRIES:
        raise Http404
    failures.TRIES[kind](reference, filled(Reason, request)["reason"], request.user.login_id)
    messages.success(request, f"{reference} wird erneut versucht.")
    return redirect("stuck")


@done_by(*KEEPERS)
def settle(request: Visit, kind: str, reference: str) -> HttpResponseBase:
    """Close something for good: somebody knows what became of it."""
    if kind not in failures.SETTLES:
        raise Http404
    failures.SETTLES[kind](reference, filled(Reason, request)["reason"], request.user.login_id)
    messages.success(request, f"{reference} ist abgeschlossen.")
    return redirect("stuck")
