"""„Einstellungen der Firma“: what holds for everybody in it, as its administrators choose."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators


class AccessForm(forms.Form):
    """Who chooses which mails somebody gets, and how everybody logs in."""

    self_service = forms.BooleanField(
        label=gettext_lazy("Benutzer stellen ihre E-Mail-Benachrichtigungen selbst ein"),
        help_text=gettext_lazy(
            "Dann entscheidet jeder unter „Mein Profil“, worüber er E-Mails erhält. Administratoren können das "
            "weiterhin ändern, und der letzte Empfänger eiliger Erinnerungen einer Agentur bleibt geschützt."
        ),
        required=False,
    )
    second_factor = forms.BooleanField(
        label=gettext_lazy("Alle melden sich mit einem zweiten Faktor an"),
        help_text=gettext_lazy(
            "Wer noch keinen hat, wird gleich auf der nächsten Seite oder bei der nächsten Anmeldung durch die "
            "Einrichtung geführt, auch Sie selbst. Programme, die über BiPRO abholen, betrifft das nicht."
        ),
        required=False,
    )


@for_administrators("GET", "POST")
def own_firm(request: Visit) -> HttpResponseBase:
    """Show what holds in one's own firm, and change it."""
    firm = request.user.firm
    if request.method != "POST":
        form = AccessForm(initial={"self_service": firm.self_service, "second_factor": firm.second_factor})
        return render(request, "portal/services/own_firm.html", {"form": form})
    form = AccessForm(request.POST)
    form.is_valid()
    tell(request, is_new=agencies.set_firm_access(**form.cleaned_data, by=request.user.login_id))
    return redirect("own_firm")


def tell(request: Visit, *, is_new: bool) -> None:
    """Say whether what was sent has changed anything."""
    if is_new:
        messages.success(request, gettext("Die Änderung ist gespeichert und gilt ab sofort."))
    else:
        messages.warning(request, gettext("Sie haben nichts geändert."))
