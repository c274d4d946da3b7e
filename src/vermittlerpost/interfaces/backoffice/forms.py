"""What staff fill in: small forms, each beside what it is about."""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.lib.errors import Refused

F = TypeVar("F", bound=forms.Form)

_USUAL_DAYS = 7
_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class Incomplete(Refused):
    """Something that is needed was not filled in, or cannot be so."""

    code = "incomplete"


class Reason(forms.Form):
    """Why somebody does what he does; it stands in the journal."""

    reason = forms.CharField(label="Grund", max_length=300, widget=_LINE)


class Number(Reason):
    """A letter's number and what the post says."""

    letter = forms.CharField(label="Nummer des Schreibens", max_length=17, widget=_LINE)
    field_order = ("letter", "reason")


class Choice(Reason):
    """One of the offered, by its key."""

    choice = forms.CharField(label="Auswahl", max_length=64)


class Until(Reason):
    """Until when a case rests."""

    until = forms.DateField(
        label="bis einschließlich", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("until", "reason")


class ToAgency(Reason):
    """The agency that something goes to."""

    agency = forms.CharField(label="Agenturnummer", max_length=20, widget=_LINE)
    field_order = ("agency", "reason")


class Placement(ToAgency):
    """Agency and carrier of a registration that no confirmation leads to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = sorted(agencies.known_carriers().values(), key=lambda carrier: carrier.name)
        self.fields["carrier"] = forms.ChoiceField(
            label="Risikoträger", choices=[(carrier.code, carrier.name) for carrier in carriers]
        )
        self.order_fields(["agency", "carrier", "reason"])


class Answer(forms.Form):
    """What an agency is answered, in free words."""

    text = forms.CharField(label="Antwort an die Agentur", max_length=4000, widget=forms.Textarea)


class Question(forms.Form):
    """What an agency is asked, in free words, and how long it has to answer."""

    text = forms.CharField(label="Frage an die Agentur", max_length=4000, widget=forms.Textarea)

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label="Frist in Tagen",
            min_value=1,
            max_value=longest,
            initial=min(_USUAL_DAYS, longest),
            help_text=f"1 bis {longest} Tage; die Frist endet an einem Werktag.",
        )


def filled(form: type[F], request: HttpRequest) -> dict[str, Any]:
    """Return what was filled in; refuses a form that lacks something, naming what."""
    bound = form(request.POST)
    if not bound.is_valid():
        problems = " · ".join(f"{bound[name].label}: {errors[0]}" for name, errors in bound.errors.items())
        raise Incomplete("Bitte prüfen Sie Ihre Angaben – {problems}", problems=problems)
    return dict(bound.cleaned_data)
