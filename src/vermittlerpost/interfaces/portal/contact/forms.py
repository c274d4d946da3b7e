"""What one writes to the contact."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

_LONGEST_SUBJECT = 120
_LONGEST_TEXT = 4000


def _fresh_token() -> str:
    return secrets.token_urlsafe(16)


class ContactForm(forms.Form):
    """Ask the personal contact something; `token` makes two sendings of one form one question."""

    token = forms.CharField(widget=forms.HiddenInput, initial=_fresh_token, max_length=64)
    subject = forms.CharField(
        label=gettext_lazy("Betreff"),
        max_length=_LONGEST_SUBJECT,
        error_messages={"required": gettext_lazy("Bitte nennen Sie in wenigen Worten, worum es geht.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Ihre Nachricht"),
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie Ihre Nachricht.")},
    )

    def clean_subject(self) -> Any:
        """Refuse what has no place in one line."""
        subject = self.cleaned_data["subject"]
        if not subject.isprintable():
            raise ValidationError(gettext("Der Betreff enthält Zeichen, die nicht zu sehen sind."))
        return subject

    def clean_text(self) -> str:
        """Return the text with the line ends that are kept."""
        return "\n".join(self.cleaned_data["text"].splitlines())
