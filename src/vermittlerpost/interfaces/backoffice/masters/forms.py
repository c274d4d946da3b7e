"""What is filled in about firms, transfers and staff."""

from django import forms

from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases.actions import Move

_DAY = {"type": "date"}
_NO_PARENT = (
    "Zur Agentur {agency} ist keine Stammagentur bekannt. Bitte nennen Sie, wer den Bestand übernimmt: den Nachfolger"
    " oder Ihren Direktbestand."
)
_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class Administrator(forms.Form):
    """Who is to be a firm's administrator."""

    name = forms.CharField(label="Vor- und Nachname", max_length=120)
    email = forms.EmailField(label="E-Mail-Adresse", max_length=200)


class Handover(forms.Form):
    """What moves to which agency, and from which day on."""

    source = forms.CharField(label="Bisherige Agentur", max_length=20, widget=_LINE)
    target = forms.CharField(
        label="Neue Agentur",
        max_length=20,
        required=False,
        widget=_LINE,
        help_text="Leer: die Stammagentur der bisherigen.",
    )
    effective_on = forms.DateField(
        label="Stichtag",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text="Ab diesem Tag gehen die Schreiben an die neue Agentur. Ein künftiger Tag wird abgewartet.",
    )
    case = forms.CharField(
        label="Nur dieser Vorgang",
        max_length=20,
        required=False,
        widget=_LINE,
        help_text="Leer: der ganze Bestand, also jeder Vorgang, der am Stichtag offen ist.",
    )
    reason = forms.CharField(label="Grund", max_length=300, widget=_LINE)

    def clean_target(self) -> str:
        """Take the Stammagentur where nobody is named; refuses that where there is none."""
        named = str(self.cleaned_data["target"])
        source = self.cleaned_data.get("source", "")
        if named or not source:
            return named
        if above := queries.parent_of(source):
            return above
        raise forms.ValidationError(_NO_PARENT.format(agency=source))

    def move(self) -> Move:
        """Return what was asked for."""
        return Move(**{**self.cleaned_data, "case": self.cleaned_data["case"].upper()})


class Roles(forms.Form):
    """What somebody of the staff may do."""

    roles = forms.MultipleChoiceField(
        label="Rollen",
        choices=[(role.value, role.words) for role in StaffRole],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Ohne Rolle kann niemand im Innendienst arbeiten."},
    )

    def chosen(self) -> frozenset[StaffRole]:
        """Return the roles that were ticked."""
        return frozenset(map(StaffRole, self.cleaned_data["roles"]))


class Colleague(Roles):
    """Somebody who is to work in the back office."""

    login_id = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$",
        label="Benutzerkennung",
        max_length=64,
        widget=_LINE,
        help_text="Buchstaben ohne Umlaute, Ziffern, Punkt und Bindestrich.",
        error_messages={"invalid": "Nur Buchstaben ohne Umlaute, Ziffern, Punkt und Bindestrich, mindestens zwei."},
    )
    name = forms.CharField(label="Vor- und Nachname", max_length=120, widget=_LINE)
    email = forms.EmailField(label="E-Mail-Adresse", max_length=200, help_text="Dorthin geht die Einladung.")
    field_order = ("login_id", "name", "email", "roles")
