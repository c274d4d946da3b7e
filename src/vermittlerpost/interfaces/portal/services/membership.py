"""Whether a user is in: deactivate and reactivate him, invite him again, let him set up a new second factor."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.interfaces.portal.services import people, previews
from vermittlerpost.interfaces.portal.services.previews import Change, Occasion
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import actions as notifications


@for_administrators("POST")
def deactivate(request: Visit, login_id: str) -> HttpResponseBase:
    """Let a user in no more, once it was shown who would read his letters."""
    user = member(request.user, login_id)
    return _switch(request, user, agencies.deactivate_user, (gettext("aktiv"), gettext("deaktiviert")))


@for_administrators("POST")
def reactivate(request: Visit, login_id: str) -> HttpResponseBase:
    """Let a user in again, once it was shown what he would see and be mailed about."""
    user = member(request.user, login_id)
    return _switch(request, user, agencies.reactivate_user, (gettext("deaktiviert"), gettext("aktiv")))


@for_administrators("POST")
def invitation(request: Visit, login_id: str) -> HttpResponseBase:
    """Send the invitation again."""
    people.invite(request, member(request.user, login_id))
    return redirect("user", login_id)


@for_administrators("POST")
def second_factor(request: Visit, login_id: str) -> HttpResponseBase:
    """Forget a user's second factors."""
    user = member(request.user, login_id)
    try:
        agencies.reset_second_factor(login_id, by=request.user.login_id)
    except Refused as refusal:
        messages.error(request, said(refusal))
    else:
        sentence = gettext("%(name)s meldet sich nun ohne zweiten Faktor an und kann einen neuen einrichten.")
        messages.success(request, sentence % {"name": user.name})
    return redirect("user", login_id)


def _switch(request: Visit, user: Account, change: Callable[..., None], words: tuple[str, str]) -> HttpResponseBase:
    typed = request.POST.get("version", "")
    version, by = int(typed) if typed.isdecimal() else -1, request.user.login_id

    def save() -> None:
        notifications.keep_readers(lambda: change(user.login_id, version=version, by=by), firm=user.firm_id)

    profile = reverse("user", args=[user.login_id])
    try:
        if previews.step(request) != "speichern":
            changes = [Change(label=gettext("Zugang"), before=words[0], after=words[1])]
            crumbs = [(gettext("Administration"), reverse("administration")), (user.name, profile)]
            occasion = Occasion(title=gettext("Zugang ändern"), crumbs=crumbs, back=profile, changes=changes)
            return previews.show(request, occasion, notifications.preview(save, firm=request.user.firm_id))
        save()
    except Refused as refusal:
        messages.error(request, said(refusal))
        return redirect(profile)
    sentence = gettext("Der Zugang von %(name)s ist jetzt %(state)s.")
    messages.success(request, sentence % {"name": user.name, "state": words[1]})
    return redirect("profile" if user.login_id == request.user.login_id else profile)
