"""„BiPRO“: how the firm's software gets its letters, who fetches them, and what it leaves lying."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators, for_users
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.interfaces.portal.services.own_firm import tell
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.interfaces.portal.services.software_forms import FirmForm
from vermittlerpost.interfaces.portal.services.software_page import page_of
from vermittlerpost.lib import lockout
from vermittlerpost.lib.errors import Refused


@for_users()
def software(request: Visit) -> HttpResponseBase:
    """Show addresses, who fetched what when, what waits, and sample requests."""
    return _show(request)


@for_administrators("POST")
def software_settings(request: Visit) -> HttpResponseBase:
    """Choose who of the firm may fetch, and what becomes of urgent letters that nobody fetches."""
    form = FirmForm(request.POST)
    form.is_valid()
    is_new = agencies.set_firm_software(request.user.firm_id, **form.cleaned_data, by=request.user.login_id)
    tell(request, is_new=is_new)
    return redirect("software")


@sensitive_variables("password")
@for_administrators("POST")
def software_password(request: Visit, login_id: str) -> HttpResponseBase:
    """Give a technical user another password, which is shown this once."""
    user = member(request.user, login_id)
    try:
        password = agencies.renew_software_password(login_id, by=request.user.login_id)
    except Refused as refusal:
        messages.error(request, said(refusal))
        return redirect("software")
    lockout.unlock(login_id)
    return _show(request, new_password={"user": user, "password": password})


def _show(request: Visit, **more: Any) -> HttpResponseBase:
    return render(request, "portal/services/software.html", {"page": page_of(request.user), **more})
