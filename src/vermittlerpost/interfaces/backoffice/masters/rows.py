"""Forms for rows of master data: the columns, sorts of cells and checks are those of the input files."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from django import forms

from vermittlerpost.intake.reading.results import Accepted, Refusal, Source
from vermittlerpost.intake.reading.rows import RowReader
from vermittlerpost.intake.rules.cells import DAY, STATE, STATES, YES_NO, written
from vermittlerpost.intake.rules.inputs import Column, Format, Row
from vermittlerpost.lib.verdicts import Objection, Verdict

_ON_SCREEN = "Innendienst"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RowForm(forms.Form):
    """One row of a format; what a file would be refused for is said beside the field.

    Of a `stored` row, `seen` tells in which state it was shown: who saves learns if somebody else was quicker.
    """

    def __init__(
        self,
        form: Format,
        *args: Any,
        stored: Mapping[str, Any] | None = None,
        fixed: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        self._stored = shown(form, stored) if stored else {}
        super().__init__(*args, **{"initial": self._stored} | kwargs)
        self._format = form
        self.row: Row | None = None
        self.seen = sha256(repr(sorted(self._stored.items())).encode()).hexdigest() if stored else ""
        for column in form.columns:
            self.fields[column.name] = _field(column)
            self.fields[column.name].disabled = column.name in fixed

    def clean(self) -> dict[str, Any]:
        """Read the cells as those of a file are read."""
        asked = super().clean() or {}
        if self.data.get("seen", self.seen) != self.seen:
            self.add_error(None, self._overtaken(asked))
        if self.errors:
            return asked
        reader = RowReader(self._format, Source(file=_ON_SCREEN), self._format.columns)
        for outcome in reader.read(1, [asked[column.name] for column in self._format.columns]):
            if isinstance(outcome, Refusal):
                self.add_error(outcome.column or None, outcome.rule)
            elif isinstance(outcome, Accepted):
                self.row = outcome.values
        return asked

    def _overtaken(self, asked: Mapping[str, Any]) -> str:
        others = [
            f"{self.fields[name].label}: {value or 'leer'}"
            for name, value in self._stored.items()
            if asked.get(name, value) != value
        ]
        return (
            "Inzwischen ist diese Zeile anders gespeichert worden. Gespeichert ist, wo es von Ihren Angaben abweicht: "
            f"{'; '.join(others) or 'nichts'}. Noch einmal „Speichern“ ersetzt das."
        )

    def takes(self, verdict: Verdict) -> bool:
        """Tell whether the row was taken; what speaks against it is said beside its field."""
        if isinstance(verdict, Objection):
            self.add_error(verdict.column or None, verdict.rule)
        return not isinstance(verdict, Objection)


def shown(form: Format, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored as a form shows it; what is unknown is left out."""
    return {column.name: written(stored[column.name]) for column in form.columns if column.name in stored}


def _field(column: Column) -> forms.Field:
    label = column.meaning[:1].upper() + column.meaning[1:]
    if column.cell is YES_NO:
        return forms.ChoiceField(label=label, choices=[("no", "Nein"), ("yes", "Ja")])
    if column.cell is STATE:
        return forms.ChoiceField(label=label, choices=[(state, state.removeprefix("DE-")) for state in STATES])
    return forms.CharField(
        label=label,
        required=not column.may_be_empty,
        max_length=300,
        widget=_DAY if column.cell is DAY else forms.TextInput(attrs={"autocomplete": "off"}),
    )
