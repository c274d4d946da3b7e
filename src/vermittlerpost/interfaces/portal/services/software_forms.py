"""What an administrator chooses about his firm's software."""

from django import forms
from django.utils.translation import gettext_lazy


class FirmForm(forms.Form):
    """Who of the firm may fetch letters, and what becomes of those that nobody fetches."""

    people_use_software = forms.BooleanField(
        label=gettext_lazy("Auch Benutzer mit Dokumentenarchiv dürfen abholen"),
        help_text=gettext_lazy(
            "Dann holt eine Verwaltungssoftware auch mit Kennung und Kennwort einer Person ab. Sicherer ist ein "
            "technischer Benutzer: Sein Kennwort öffnet das Portal nicht."
        ),
        required=False,
    )
    paper_if_uncollected = forms.BooleanField(
        label=gettext_lazy("Eilige Schreiben zusätzlich auf Papier, wenn sie nicht abgeholt werden"),
        help_text=gettext_lazy("Nur solche, die auch im Portal niemand gelesen hat. Sie bleiben im Portal."),
        required=False,
    )
