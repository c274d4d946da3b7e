"""A user's profile as his administrator sees and changes it, and new users."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.access import sending
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.interfaces.portal.services import previews, switches
from vermittlerpost.interfaces.portal.services.forms import UserForm, as_typed, of_nobody
from vermittlerpost.interfaces.portal.services.previews import Change, Occasion
from vermittlerpost.interfaces.portal.services.roster import member
from vermittlerpost.interfaces.portal.services.tree import offices_of
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as notified

_NEW = "vermittlerpost.new_user"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A form on its way: how the user was before, what it changes, and where it leads."""

    form: UserForm
    before: dict[str, Any]
    change: Callable[[], object]
    show: Callable[..., HttpResponseBase]
    occasion: Occasion
    done: Callable[[], HttpResponseBase]


@for_administrators("GET", "POST")
def user(request: Visit, login_id: str) -> HttpResponseBase:
    """Show a user of the own firm, and change his data, rights and scope."""
    found = member(request.user, login_id)
    form = _form(request, as_typed(found))
    if login_id == request.user.login_id:
        form.keep_own()
    if request.method != "POST":
        return _show_user(request, found, form)

    def change() -> None:
        row = form.row(login_id=login_id, firm=found.firm_id, active=found.is_active)
        version, by = form.cleaned_data["version"], request.user.login_id
        notifications.keep_readers(lambda: agencies.change_user(row, version=version, by=by), firm=found.firm_id)

    def show(**more: Any) -> HttpResponseBase:
        return _show_user(request, found, form, **more)

    def done() -> HttpResponseBase:
        messages.success(request, gettext("Die Änderung ist gespeichert und gilt ab sofort."))
        lost_it = login_id == request.user.login_id and not form.cleaned_data["administrator"]
        return redirect("profile") if lost_it else redirect("user", login_id)

    profile = reverse("user", args=[login_id])
    crumbs = [(gettext("Administration"), reverse("administration")), (found.name, profile)]
    occasion = Occasion(title=gettext("Benutzer ändern"), crumbs=crumbs, back=profile)
    before = as_typed(found)
    return _answer(request, Edit(form=form, before=before, change=change, show=show, occasion=occasion, done=done))


@for_administrators("GET", "POST")
def user_new(request: Visit) -> HttpResponseBase:
    """Create a user and invite him; sent twice, the form creates one."""
    form = _form(request, of_nobody())
    if request.method != "POST":
        return _show_new(request, form, signing.dumps(queries.unused_login_id(), salt=_NEW))
    token = request.POST.get("kennung", "")
    try:
        login_id: str = signing.loads(token, salt=_NEW)
    except signing.BadSignature:
        return redirect("user_new")
    if queries.users_by_login([login_id]):
        return redirect("user", login_id)

    def change() -> None:
        row = form.row(login_id=login_id, firm=request.user.firm_id, active=True)
        agencies.create_user(row, by=request.user.login_id)

    def show(**more: Any) -> HttpResponseBase:
        return _show_new(request, form, token, **more)

    def done() -> HttpResponseBase:
        invite(request, queries.user(login_id))
        return redirect("user", login_id)

    crumbs = [(gettext("Administration"), reverse("administration"))]
    occasion = Occasion(title=gettext("Benutzer anlegen"), crumbs=crumbs, back=reverse("user_new"))
    return _answer(request, Edit(form=form, before=of_nobody(), change=change, show=show, occasion=occasion, done=done))


def invite(request: Visit, invited: Account) -> None:
    """Invite a user, or tell the administrator why that is not possible."""
    values = {"name": invited.name, "login_id": invited.login_id, "email": invited.email}
    try:
        sending.invite(invited.login_id, by=request.user.login_id)
    except Refused as refusal:
        created = gettext("%(name)s hat die Benutzerkennung %(login_id)s.") % values
        messages.warning(request, f"{created} {said(refusal)}")
    else:
        sentence = gettext("%(name)s (%(login_id)s) ist eingeladen; die E-Mail geht an %(email)s.")
        messages.success(request, sentence % values)


def _form(request: Visit, initial: dict[str, Any]) -> UserForm:
    return UserForm(request.POST or None, initial=initial, offices=offices_of(request.user.firm_id))


def _answer(request: Visit, edit: Edit) -> HttpResponseBase:
    if not edit.form.is_valid() or previews.step(request) == "aendern":
        return edit.show()
    changes = edit.form.changes(edit.before)
    if not changes:
        messages.warning(request, gettext("Sie haben nichts geändert."))
        return redirect(edit.occasion.back)
    try:
        return _take_step(request, edit, changes)
    except agencies.ChangedMeanwhile as refusal:
        return _show_conflict(edit, changes, refusal)
    except Refused as refusal:
        column = {"assigned_agencies": "agencies"}.get(refusal.facts.get("column", ""))
        edit.form.add_error(column, said(refusal))
        return edit.show()


def _take_step(request: Visit, edit: Edit, changes: list[Change]) -> HttpResponseBase:
    if previews.step(request) == "speichern":
        edit.change()
        return edit.done()
    preview = notifications.preview(edit.change, firm=request.user.firm_id)
    return previews.show(request, replace(edit.occasion, changes=changes, is_form=True), preview)


def _show_conflict(edit: Edit, changes: list[Change], refusal: Refused) -> HttpResponseBase:
    # What is typed stays; the version becomes the present one, so that saving once more is a decision.
    edit.form.look_again(edit.before["version"])
    edit.form.add_error(None, said(refusal))
    return edit.show(status=409, conflicts=changes)


def _show_user(request: Visit, found: Account, form: UserForm, *, status: int = 200, **more: Any) -> HttpResponseBase:
    page = switches.Page(
        visitor=request.user,
        user=found,
        title=gettext("E-Mail-Benachrichtigungen"),
        crumbs=[],
        url=reverse("user_notifications", args=[found.login_id]),
        back="",
    )
    settings = switches.Switches(settings=notified.settings_of(found))
    context = {
        "found": found,
        "form": form,
        "is_self": found.login_id == request.user.login_id,
        "is_invitable": found.is_active and not found.technical and not found.has_usable_password(),
        "cards": switches.cards(page, settings),
        "switches_url": page.url,
        **switches.who_may(page),
        **more,
    }
    return render(request, "portal/services/user.html", context, status=status)


def _show_new(request: Visit, form: UserForm, token: str, *, status: int = 200, **more: Any) -> HttpResponseBase:
    context = {"form": form, "token": token, **more}
    return render(request, "portal/services/user_new.html", context, status=status)
