"""What an administrator types about a user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import Right, UserRow
from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.previews import Change
from vermittlerpost.interfaces.portal.services.tree import Offices

_EVERYTHING, _ASSIGNED = "alle", "zugeordnet"
_SCOPES = [
    (_EVERYTHING, gettext_lazy("Alle Agenturen der Firma")),
    (_ASSIGNED, gettext_lazy("Nur zugeordnete Agenturen und deren Unteragenturen")),
]


class UserForm(forms.Form):
    """A user's data, rights and scope; `version` is that of the user as he was looked at."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Dorthin gehen Einladung und Benachrichtigungen."),
        required=False,
    )
    administrator = forms.BooleanField(
        label=gettext_lazy("Administrator"),
        help_text=gettext_lazy("Verwaltet die Benutzer der Firma und ihre Benachrichtigungen."),
        required=False,
    )
    technical = forms.BooleanField(
        label=gettext_lazy("Technischer Benutzer"),
        help_text=gettext_lazy("Für Programme, die über BiPRO abholen: keine Anmeldung im Portal, keine E-Mails."),
        required=False,
    )
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("Rechte"),
        choices=list(words.RIGHTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    scope = forms.ChoiceField(label=gettext_lazy("Bestandssicht"), choices=_SCOPES, widget=forms.RadioSelect)
    agencies = forms.MultipleChoiceField(
        label=gettext_lazy("Zugeordnete Agenturen"), widget=forms.CheckboxSelectMultiple, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offices: Offices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = offices.choices
        self.offices = offices

    def clean(self) -> dict[str, Any]:
        """Refuse a scope without agencies, and a person who may administrate and cannot be told."""
        values = self.cleaned_data
        if values.get("scope") == _ASSIGNED and not values.get("agencies"):
            self.add_error("agencies", gettext("Ordnen Sie mindestens eine Agentur zu, oder wählen Sie alle."))
        if values.get("technical") and values.get("administrator"):
            self.add_error("technical", gettext("Ein technischer Benutzer kann kein Administrator sein."))
        return values

    def keep_own(self) -> None:
        """Leave to the user himself, and to another administrator, what one does not change here about oneself."""
        for name in ("email", "scope", "agencies", "technical"):
            self.fields[name].disabled = True

    def look_again(self, version: int) -> None:
        """Let what was typed stand beside the user as he is now, not as he was when the page was opened."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["version"] = str(version)
        self.data = typed

    def row(self, *, login_id: str, firm: str, active: bool) -> UserRow:
        """Return the user as he is to be."""
        values = self.cleaned_data
        return UserRow(
            login_id=login_id,
            firm=firm,
            name=values["name"],
            email=values["email"],
            administrator=values["administrator"],
            technical=values["technical"],
            rights=tuple(values["rights"]),
            assigned_agencies=tuple(values["agencies"]) if values["scope"] == _ASSIGNED else (),
            active=active,
        )

    def changes(self, before: Mapping[str, Any]) -> list[Change]:
        """Return in words what differs from how the user was."""
        return [
            Change(label=str(self.fields[name].label), before=self.said(name, old), after=self.said(name, new))
            for name, old in before.items()
            for new in [self._value(name)]
            if name != "version" and old != new
        ]

    def _value(self, name: str) -> Any:
        if name == "agencies" and self.cleaned_data["scope"] == _EVERYTHING:
            return []
        value = self.cleaned_data[name]
        return sorted(value) if isinstance(value, list) else value

    def said(self, name: str, value: Any) -> str:
        """Return a field's value in words."""
        if isinstance(value, bool):
            return words.yes_or_no(wanted=value)
        if isinstance(value, list):
            return ", ".join(words.rights(value) if name == "rights" else value) or "–"
        return str(dict(_SCOPES).get(value, value)) if name == "scope" else value or "–"


def as_typed(user: Account) -> dict[str, Any]:
    """Return a user as the form would show him."""
    return {
        "name": user.name,
        "email": user.email,
        "administrator": user.administrator,
        "technical": user.technical,
        "rights": sorted(user.rights),
        "scope": _ASSIGNED if user.restricted else _EVERYTHING,
        "agencies": sorted(user.assigned_agencies.filter(firm=user.firm_id).values_list("number", flat=True)),
        "version": user.version,
    }


def of_nobody() -> dict[str, Any]:
    """Return what the form offers for a new user: the rights that reading letters takes."""
    return {
        "name": "",
        "email": "",
        "administrator": False,
        "technical": False,
        "rights": [Right.BASIC.value, Right.VIEW_PORTFOLIO.value],
        "scope": _EVERYTHING,
        "agencies": [],
        "version": 0,
    }


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which users of the firm are listed; all that is asked for must hold."""

    words: str = ""
    role: str = ""
    agency: str = ""
    state: str = ""
    without: str = ""


class FilterForm(forms.Form):
    """Narrow the list of users down; an unknown value narrows nothing."""

    suche = forms.CharField(label=gettext_lazy("Name oder Kennung"), required=False, max_length=100)
    rolle = forms.ChoiceField(label=gettext_lazy("Rolle"), required=False)
    agentur = forms.ChoiceField(label=gettext_lazy("Sieht die Agentur"), required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Zugang"), required=False)
    ohne = forms.ChoiceField(label=gettext_lazy("Bekommt keine E-Mails über"), required=False)

    def __init__(
        self, data: Any, *, agencies: Sequence[tuple[str, str]], categories: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        roles = [
            ("administrator", gettext("Administratoren")),
            ("eingeschraenkt", gettext("Mit eingeschränkter Bestandssicht")),
            ("uebrige", gettext("Übrige Benutzer")),
            ("technisch", gettext("Technische Benutzer")),
        ]
        states = [
            ("aktiv", gettext("Aktive")),
            ("deaktiviert", gettext("Deaktivierte")),
            ("unzustellbar", gettext("Aktive mit unzustellbarer Adresse")),
        ]
        for name, choices in (("rolle", roles), ("agentur", agencies), ("stand", states), ("ohne", categories)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("alle")), *choices]

    def asked(self) -> Filter:
        """Return what is asked for."""
        self.is_valid()
        values = self.cleaned_data
        return Filter(
            words=values.get("suche", "").casefold(),
            role=values.get("rolle", ""),
            agency=values.get("agentur", ""),
            state=values.get("stand", ""),
            without=values.get("ohne", ""),
        )
