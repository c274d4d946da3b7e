"""The filter of the mailbox: its address is the filter, so that it can be kept, shared and gone back to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.delivery.rules import Criteria, Sort, Standing, terms_of
from vermittlerpost.interfaces.portal.cockpit.letter_forms import SENSIBLE, Day
from vermittlerpost.interfaces.portal.cockpit.offices import offices_of
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications.categories import CATEGORIES

_DAYS: dict[str, Any] = {"input_formats": ["%Y-%m-%d", "%d.%m.%Y"], "validators": SENSIBLE}
_ANY: tuple[str, Any] = ("", gettext_lazy("alle"))
_STANDINGS = {
    "offen": (Standing.OPEN, gettext_lazy("offen: ungelesen und gelesen")),
    "ungelesen": (Standing.UNREAD, gettext_lazy("ungelesen")),
    "gelesen": (Standing.READ, gettext_lazy("gelesen, noch nicht erledigt")),
    "erledigt": (Standing.DONE, gettext_lazy("erledigt")),
    "alle": (Standing.ALL, gettext_lazy("alle")),
}
_SORTS = {
    "neueste": (Sort.NEWEST, gettext_lazy("neueste zuerst")),
    "frist": (Sort.DUE, gettext_lazy("nächste Frist zuerst")),
}
_URGENCIES = {
    "normal": pgettext_lazy("urgency", "normal"),
    "hoch": pgettext_lazy("urgency", "hoch"),
    "letzte": pgettext_lazy("urgency", "letzte"),
}
_SIZES = ("50", "100", "500")
_DEFAULTS = {"zustand": "offen", "ordnung": "neueste", "zeilen": _SIZES[0]}
_FIELDS_OF_CRITERIA = {
    "suche": "terms", "zustand": "standing", "dringlichkeit": "urgency", "kategorie": "category", "art": "kind",
    "agentur": "agency", "traeger": "carrier", "von": "since", "bis": "until", "bei": "assignee",
    "bipro": "unacknowledged",
}  # fmt: skip


def _choice(label: Any, choices: Mapping[str, Any], *, required: bool = False) -> forms.ChoiceField:
    offered = list(choices.items()) if required else [_ANY, *choices.items()]
    return forms.ChoiceField(label=label, choices=offered, required=False)


class MailboxFilter(forms.Form):
    """What the list is narrowed to, and how it is ordered; what is wrong narrows nothing and says so."""

    suche = forms.CharField(
        label=gettext_lazy("Suche"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    zustand = _choice(gettext_lazy("Zustand"), {code: words for code, (_, words) in _STANDINGS.items()}, required=True)
    dringlichkeit = _choice(gettext_lazy("Dringlichkeit"), _URGENCIES)
    kategorie = _choice(gettext_lazy("Kategorie"), {})
    art = _choice(gettext_lazy("Art des Schreibens"), {})
    agentur = forms.CharField(label=gettext_lazy("Agentur"), required=False, max_length=17)
    traeger = _choice(gettext_lazy("Risikoträger"), {})
    von = forms.DateField(label=gettext_lazy("Von"), required=False, widget=Day, **_DAYS)
    bis = forms.DateField(label=gettext_lazy("Bis"), required=False, widget=Day, **_DAYS)
    bei = forms.ChoiceField(
        label=gettext_lazy("In Arbeit"), choices=[_ANY, ("mir", gettext_lazy("bei mir"))], required=False
    )
    bipro = _choice(gettext_lazy("BiPRO"), {"offen": gettext_lazy("noch nicht quittiert")})
    ordnung = _choice(gettext_lazy("Reihenfolge"), {code: words for code, (_, words) in _SORTS.items()}, required=True)
    zeilen = _choice(gettext_lazy("Schreiben je Seite"), {size: size for size in _SIZES}, required=True)

    def __init__(self, asked: QueryDict, user: Account) -> None:
        super().__init__(_DEFAULTS | _standing(asked) | {name: value for name, value in asked.items() if value})
        self._offer("kategorie", {kind.category: CATEGORIES[kind.category].title for kind in KINDS.values()})
        self._offer("art", {code: kind.title for code, kind in KINDS.items()})
        self.carriers = {code: carrier.name for code, carrier in agencies.known_carriers().items()}
        self._offer("traeger", self.carriers)
        self._offer_agencies(user)
        if not asked.get("bipro") and not agencies.uses_software(user.firm):
            del self.fields["bipro"]
        self._user = user
        self.is_valid()

    def _offer(self, name: str, titles: Mapping[str, str]) -> None:
        self.fields[name] = _choice(
            self.fields[name].label, {code: gettext(title) for code, title in sorted(titles.items())}
        )

    def _offer_agencies(self, user: Account) -> None:
        offices = offices_of(user)
        if offices is not None:
            self.fields["agentur"] = _choice(self.fields["agentur"].label, offices)

    @property
    def criteria(self) -> Criteria:
        """Return what is asked for, as far as it makes sense."""
        said = self.cleaned_data.get
        return Criteria(
            standing=_STANDINGS[said("zustand") or _DEFAULTS["zustand"]][0],
            category=said("kategorie") or "",
            urgency=said("dringlichkeit") or "",
            agency=said("agentur") or "",
            carrier=said("traeger") or "",
            kind=said("art") or "",
            since=said("von"),
            until=said("bis"),
            assignee=self._user.id if said("bei") else None,
            unacknowledged=bool(said("bipro")),
            terms=terms_of(said("suche") or ""),
        )

    @property
    def sort(self) -> Sort:
        """Return how the list is to be ordered."""
        return _SORTS[self.cleaned_data.get("ordnung") or _DEFAULTS["ordnung"]][0]

    @property
    def size(self) -> int:
        """Return how many letters a page shows."""
        return int(self.cleaned_data.get("zeilen") or _DEFAULTS["zeilen"])

    def narrowings(self) -> Iterator["Narrowing"]:
        """Yield each field that narrows the list, with what would be asked for without it."""
        for name, field in _FIELDS_OF_CRITERIA.items():
            value = self.cleaned_data.get(name)
            wider = replace(self.criteria, **{field: _WIDEST.get(field, getattr(Criteria(), field))})
            if wider != self.criteria:
                yield Narrowing(
                    name=name, label=str(self.fields[name].label), value=self._words(name, value), wider=wider
                )

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # choices are pairs here
        return f"{value:%d.%m.%Y}" if isinstance(field, forms.DateField) else str(value)


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """A field of the filter that lets some letters not be seen."""

    name: str
    label: str
    value: str
    wider: Criteria

    @property
    def widest(self) -> str:
        """Return what the field has to say in the address for it not to narrow anything."""
        return "alle" if self.name == "zustand" else ""


_WIDEST = {"standing": Standing.ALL}


def _standing(asked: QueryDict) -> dict[str, str]:
    # Whoever looks for something wants it found, whatever has become of it.
    return {"zustand": "alle"} if asked.get("suche") else {}
