"""What an agency can say about a letter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

from vermittlerpost.agencies.queries import Account
from vermittlerpost.cases.rules import Subject
from vermittlerpost.lib import clock

_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
SENSIBLE = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
"""Days with which can be reckoned, whatever somebody types."""
_LONGEST_NOTE, _LONGEST_TEXT = 500, 2000


class Day(forms.DateInput):
    """A field for a day, which browsers show with their own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PauseForm(forms.Form):
    """Since when the application is on its way, and how long the reminders should rest."""

    submitted_on = forms.DateField(
        label=gettext_lazy("Antrag eingereicht am"),
        help_text=gettext_lazy("Lassen Sie das Feld leer, wenn der Antrag noch unterwegs ist."),
        required=False,
        input_formats=_DAY_FORMATS,
        widget=Day,
    )
    until = forms.DateField(
        label=gettext_lazy("Erinnerungen ruhen bis einschließlich"), input_formats=_DAY_FORMATS, widget=Day
    )
    note = forms.CharField(
        label=gettext_lazy("Bemerkung (freiwillig)"),
        help_text=gettext_lazy("Etwa der Weg der Einreichung. Bitte nennen Sie keine Namen."),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, latest: date | None) -> None:
        super().__init__(data, initial={"until": latest})
        if latest:
            self.fields["until"].widget.attrs["max"] = latest.isoformat()
        self.fields["submitted_on"].widget.attrs["max"] = clock.today().isoformat()


class InquiryForm(forms.Form):
    """What is not right about the letter."""

    subject = forms.ChoiceField(label=gettext_lazy("Was stimmt nicht?"))
    text = forms.CharField(
        label=gettext_lazy("Ihre Nachricht an den Versicherer"),
        help_text=gettext_lazy(
            "Schreiben Sie, was der Versicherer zur Klärung braucht, und nennen Sie nicht mehr Personen und Daten als"
            " nötig. Kennzeichen, Vorgang und Agentur sind ihm bekannt."
        ),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["subject"].choices = [  # type: ignore[attr-defined]  # declared as a choice above
            ("", gettext_lazy("Bitte wählen")),
            *((subject.value, gettext_lazy(subject.words)) for subject in Subject),
        ]


class HandOverForm(forms.Form):
    """Who works on the letter."""

    to = forms.ChoiceField(label=gettext_lazy("Wer soll das Schreiben bearbeiten?"), required=False)

    def __init__(self, data: Any = None, *, assignee: str, colleagues: Sequence[Account]) -> None:
        super().__init__(data, initial={"to": assignee})
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # declared as a choice above
            ("", gettext_lazy("Niemand Bestimmtes")),
            *((user.login_id, f"{user.name} ({user.login_id})") for user in colleagues),
        ]
