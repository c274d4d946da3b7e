"""What an administrator chooses about his firm's software."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from vermittlerpost.agencies.queries import Account

_LONGEST_SUBJECT = 500


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


class CertificateForm(forms.Form):
    """The certificate that a technical user logs in with, by its subject."""

    certificate = forms.CharField(
        label=gettext_lazy("Inhaber des Zertifikats (Subject)"),
        help_text=gettext_lazy("Genau so, wie er im Zertifikat steht, etwa „CN=…, O=…, C=DE“. Leer: kein Zertifikat."),
        max_length=_LONGEST_SUBJECT,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: Account) -> None:
        super().__init__(data, initial={"certificate": user.certificate}, auto_id=f"{user.login_id}_%s")
        self.login_id = user.login_id
