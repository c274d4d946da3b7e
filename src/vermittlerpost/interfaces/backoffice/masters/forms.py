"""What is filled in about firms and agencies."""

from typing import Any

from django import forms

_DAY = {"type": "date"}


class Administrator(forms.Form):
    """Who is to be a firm's administrator."""

    name = forms.CharField(label="Vor- und Nachname", max_length=120)
    email = forms.EmailField(label="E-Mail-Adresse", max_length=200)


class Office(forms.Form):
    """What may be changed of an agency by hand."""

    name = forms.CharField(label="Name", max_length=200)
    street = forms.CharField(label="Straße und Hausnummer", max_length=200)
    postcode = forms.CharField(label="Postleitzahl", max_length=10)
    city = forms.CharField(label="Ort", max_length=100)
    electronic_from = forms.DateField(
        label="Elektronisch ab", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    electronic_until = forms.DateField(
        label="Elektronisch bis (letzter Tag)",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text="Gilt für Schreiben, die von da an geschrieben werden; was hinaus ist, bleibt auf seinem Weg.",
    )
    contact_name = forms.CharField(label="Persönlicher Kontakt", max_length=200)
    contact_email = forms.EmailField(label="E-Mail des Kontakts", max_length=200)
    contact_phone = forms.CharField(label="Telefon des Kontakts", max_length=60)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        asked = super().clean() or {}
        begins, ends = asked.get("electronic_from"), asked.get("electronic_until")
        if ends and (begins is None or ends < begins):
            self.add_error("electronic_until", "Der letzte Tag liegt vor dem ersten.")
        return asked
