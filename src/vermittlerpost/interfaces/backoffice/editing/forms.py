"""What an editor fills in."""

from django import forms

from vermittlerpost.agencies.rules import Audience
from vermittlerpost.news.rules import Draft

_AUDIENCES = [
    (Audience.ALL.value, "alle"),
    (Audience.ELECTRONIC.value, "Firmen mit elektronischer Bereitstellung"),
    (Audience.ADMINISTRATORS.value, "Administratoren"),
]
_DAY = {"type": "date"}


class Article(forms.Form):
    """A news item as it is written."""

    title = forms.CharField(label="Titel", max_length=120)
    slug = forms.CharField(
        label="Kurzname", max_length=80, help_text="Teil der Adresse: kleine Buchstaben, Ziffern, Bindestriche."
    )
    teaser = forms.CharField(label="Anreißer", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    body = forms.CharField(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Markdown: **fett**, - Liste, ## Titel.",
    )
    audience = forms.ChoiceField(label="Leserkreis", choices=_AUDIENCES)
    valid_from = forms.DateField(label="Gültig ab", widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label="Gültig bis (danach im Archiv)",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def draft(self) -> Draft:
        """Return what was written, to be published."""
        asked = self.cleaned_data
        return Draft(**{**asked, "audience": Audience(asked["audience"]), "body": asked["body"].replace("\r\n", "\n")})
