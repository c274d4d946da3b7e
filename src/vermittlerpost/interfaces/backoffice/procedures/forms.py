"""What is asked of processes: a line of days, another process for a carrier, a new version."""

from typing import Any

from django import forms

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import LAENDER

_LAENDER = [(land, land.removeprefix("DE-")) for land in LAENDER]
_DAY = {"type": "date"}


class Beginning(forms.Form):
    """The day of a notice, and the Land whose holidays count."""

    tag = forms.DateField(label="Mitteilung vom", widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    land = forms.ChoiceField(label="Bundesland der Agentur", choices=_LAENDER)


class Switching(forms.Form):
    """A carrier, and the process that its cases might follow."""

    carrier = forms.ChoiceField(label="Risikoträger")
    process = forms.ChoiceField(
        label="Prozess und Fassung", choices=[(code, f"{one.title}, {code}") for code, one in PROCESSES.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = sorted(agencies.known_carriers().values(), key=lambda carrier: carrier.name)
        self.fields["carrier"] = forms.ChoiceField(
            label="Risikoträger",
            choices=[(carrier.code, f"{carrier.name} ({carrier.process})") for carrier in carriers],
        )
        self.order_fields(["carrier", "process"])


class Draft(forms.Form):
    """A new version of a process, as the text of its file."""

    text = forms.CharField(
        label="Datei",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code-area"}),
    )

    def content(self) -> str:
        """Return the text with the line ends of a file."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").rstrip() + "\n"
