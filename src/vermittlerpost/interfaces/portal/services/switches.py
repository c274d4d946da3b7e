"""„E-Mail-Benachrichtigungen ändern“: the switches of one user, his own or, for administrators, anybody's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.cockpit.letter_forms import Day
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators, for_users
from vermittlerpost.interfaces.portal.refusals import said
from vermittlerpost.interfaces.portal.services import previews, words
from vermittlerpost.interfaces.portal.services.previews import Change, Occasion
from vermittlerpost.interfaces.portal.services.roster import alphabetical, listed, member
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions import Choice
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Setting, Standing
from vermittlerpost.notifications.rules import flaw_of

CHOICES: Mapping[str, bool | None] = {"ja": True, "nein": False, "vorbelegung": None}
_LABELS = [
    ("ja", gettext_lazy("Ja")),
    ("nein", gettext_lazy("Nein")),
    ("vorbelegung", gettext_lazy("Vorbelegung")),
]
_MOST_NAMES = 6


class Switches(forms.Form):
    """One choice per category, perhaps up to a day, and beside it, hidden, what it was when the page was opened."""

    def __init__(self, *args: Any, settings: Mapping[str, Setting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, setting in settings.items():
            title = gettext(CATEGORIES[code].title)
            self.fields[code] = forms.ChoiceField(label=title, choices=_LABELS, widget=forms.RadioSelect)
            self.fields[f"bis_{code}"] = forms.DateField(label=gettext("Befristet bis"), required=False, widget=Day())
            self.fields[f"gesehen_{code}"] = forms.ChoiceField(choices=_LABELS, widget=forms.HiddenInput)
            self.fields[f"gesehen_bis_{code}"] = forms.DateField(required=False, widget=forms.HiddenInput)
            for name, value in _as_shown(code, setting).items():
                self.initial.setdefault(name, value)
                self.initial.setdefault(f"gesehen_{name}", value)

    def clean(self) -> dict[str, Any]:
        """Refuse an exception that is over already, and one from the preset, which holds by itself."""
        for code in CATEGORIES:
            if {code, f"bis_{code}"} <= self.cleaned_data.keys():
                self._refuse(code, flaw_of(*self.said(code), clock.today()))
        return self.cleaned_data

    def _refuse(self, code: str, flaw: str) -> None:
        if flaw:
            self.add_error(f"bis_{code}", gettext(flaw))

    def choices(self, login_id: str) -> list[Choice]:
        """Return what is to be chosen otherwise than it was."""
        return [self._choice(login_id, code) for code in self._changed()]

    def seen(self, login_id: str) -> list[Choice]:
        """Return what was chosen when the page was opened, of all that is to change."""
        return [self._choice(login_id, code, "gesehen_") for code in self._changed()]

    def _changed(self) -> list[str]:
        return [code for code in CATEGORIES if self.said(code) != self.said(code, "gesehen_")]

    def _choice(self, login_id: str, code: str, prefix: str = "") -> Choice:
        wanted, until = self.said(code, prefix)
        return Choice(login_id=login_id, category=code, wanted=wanted, until=until)

    def said(self, code: str, prefix: str = "") -> tuple[bool | None, date | None]:
        """Return what is chosen for a category, and up to which day; with the prefix what was when it was opened."""
        return CHOICES[self.cleaned_data[f"{prefix}{code}"]], self.cleaned_data[f"{prefix}bis_{code}"]


def _as_shown(code: str, setting: Setting) -> dict[str, Any]:
    return {code: code_of(setting.choice), f"bis_{code}": setting.until}


@dataclass(frozen=True, kw_only=True)
class Page:
    """Whose switches are shown to whom, and how one got there."""

    visitor: Account
    user: Account
    title: str
    crumbs: Sequence[tuple[str, str]]
    url: str
    back: str

    @property
    def name(self) -> str:
        """Return the user's name, or nothing if he looks at his own switches."""
        return "" if self.visitor.login_id == self.user.login_id else self.user.name


def code_of(wanted: bool | None) -> str:  # noqa: FBT001 (the very thing that is named)
    """Return how a choice is called in a form."""
    return next(code for code, value in CHOICES.items() if value is wanted)


@for_users("GET", "POST")
def notification_settings(request: Visit) -> HttpResponseBase:
    """Show one's own switches; administrators and users of firms with self-service may turn them."""
    page = Page(
        visitor=request.user,
        user=request.user,
        title=gettext("E-Mail-Benachrichtigungen ändern"),
        crumbs=[(gettext("Mein Profil"), reverse("profile"))],
        url=reverse("notification_settings"),
        back=reverse("profile"),
    )
    return _answer(request, page)


@for_administrators("GET", "POST")
def user_notifications(request: Visit, login_id: str) -> HttpResponseBase:
    """Show the switches of a user of the own firm."""
    user = member(request.user, login_id)
    profile = reverse("user", args=[login_id])
    page = Page(
        visitor=request.user,
        user=user,
        title=gettext("E-Mail-Benachrichtigungen ändern"),
        crumbs=[(gettext("Administration"), reverse("administration")), (user.name, profile)],
        url=reverse("user_notifications", args=[login_id]),
        back=profile,
    )
    return _answer(request, page)


def _answer(request: Visit, page: Page) -> HttpResponseBase:
    settings = queries.settings_of(page.user)
    if request.method != "POST":
        return _show(request, page, Switches(settings=settings))
    if not notifications.may_choose(page.visitor, page.user.login_id):
        raise PermissionDenied
    form = Switches(request.POST, settings=settings)
    if not form.is_valid() or previews.step(request) == "aendern":
        return _show(request, page, form)
    if not form.choices(page.user.login_id):
        messages.warning(request, gettext("Sie haben nichts geändert."))
        return redirect(page.url)
    try:
        return _take_step(request, page, form, settings)
    except notifications.ChosenMeanwhile as refusal:
        return _show_conflict(request, page, form, refusal)
    except Refused as refusal:
        form.add_error(None, said(refusal))
        return _show(request, page, form)


def _take_step(request: Visit, page: Page, form: Switches, settings: Mapping[str, Setting]) -> HttpResponseBase:
    choices, seen = form.choices(page.user.login_id), form.seen(page.user.login_id)

    def choose() -> None:
        notifications.choose(choices, seen=seen, by=page.visitor.login_id)

    if previews.step(request) == "speichern":
        choose()
        messages.success(request, gettext("Die Benachrichtigungen sind geändert. Das gilt ab sofort."))
        return redirect(page.back)
    changes = list(_changes(choices, settings))
    occasion = Occasion(title=page.title, crumbs=page.crumbs, back=page.url, changes=changes, is_form=True)
    return previews.show(request, occasion, notifications.preview(choose, firm=page.visitor.firm_id))


def _changes(choices: Sequence[Choice], settings: Mapping[str, Setting]) -> Iterator[Change]:
    for choice in choices:
        yield Change(
            label=gettext(CATEGORIES[choice.category].title),
            before=words.choice(settings[choice.category].choice, settings[choice.category].until),
            after=words.choice(choice.wanted, choice.until),
        )


def _show_conflict(request: Visit, page: Page, form: Switches, refusal: Refused) -> HttpResponseBase:
    stored = queries.settings_of(page.user)
    # What is typed stays; what is stored now counts as seen, so that saving once more is a decision.
    again = request.POST.copy()
    for name, value in (pair for code, setting in stored.items() for pair in _as_shown(code, setting).items()):
        again[f"gesehen_{name}"] = str(value or "")
    conflicts = [
        Change(
            label=gettext(CATEGORIES[code].title),
            before=words.choice(setting.choice, setting.until),
            after=words.choice(*form.said(code)),
        )
        for code, setting in stored.items()
        if (setting.choice, setting.until) != form.said(code, "gesehen_")
    ]
    fresh = Switches(again, settings=stored)
    fresh.is_valid()
    fresh.add_error(None, said(refusal))
    return _show(request, page, fresh, status=409, conflicts=conflicts)


def _show(request: Visit, page: Page, form: Switches, *, status: int = 200, **more: Any) -> HttpResponseBase:
    context = {"page": page, "form": form, "cards": cards(page, form), **who_may(page), **more}
    return render(request, "portal/services/switches.html", context, status=status)


def who_may(page: Page) -> dict[str, Any]:
    """Return whether the visitor may turn these switches, and whom he asks if not."""
    may = notifications.may_choose(page.visitor, page.user.login_id) and not page.user.technical
    asked = [] if may else list(agencies.administrators_of(page.visitor.firm_id))
    return {"may_choose": may, "administrators": asked}


def cards(page: Page, form: Switches) -> list[dict[str, Any]]:
    """Return one card per category: what holds, why, and who else in the firm is told."""
    standing = queries.standing(page.visitor.firm_id)
    settings = standing.members[page.user.login_id].settings
    names = names_of(page.visitor, {setting.by for setting in settings.values() if setting.by})
    return [
        {
            "words": words.of_setting(setting, name=page.name, names=names),
            "field": form[code],
            "until": form[f"bis_{code}"],
            "seen": (form[f"gesehen_{code}"], form[f"gesehen_bis_{code}"]),
            "others": _others(standing, page.user.login_id, code),
        }
        for code, setting in settings.items()
    ]


def _others(standing: Standing, login_id: str, category: str) -> tuple[list[str], int]:
    """Return who else is told about the agencies that a user sees."""
    seen = standing.members[login_id].agencies
    logins = {one for number in seen for one in standing.told[number, category]} - {login_id}
    return listed(sorted((standing.members[one].name for one in logins), key=alphabetical), most=_MOST_NAMES)
