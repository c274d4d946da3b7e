"""Zahlen: what the process achieves and where it stands, as bars and as tables (B15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.backoffice import queues
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

_DAYS = 90
_DAYS_OF_MAILS = 14
_WIDTH = 320
_AFTER = ("ohne Anforderung", "nach der Anforderung", "nach der Erinnerung", "nach der letzten Erinnerung")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A number with its words, and how long its bar is drawn."""

    label: str
    number: str
    length: int
    note: str = ""


@read_by()
def overview(request: Visit) -> HttpResponseBase:
    """Show open cases by state and age, applications by letter, and mails by day."""
    today = clock.today()
    titles = cases.titles_of_states()
    order = list(titles)
    ages = sorted(cases.open_by_age(today), key=lambda one: order.index(one.state) if one.state in titles else 99)
    since = today - timedelta(days=_DAYS)
    answered = cases.answered_after(since)
    context = {
        "days": _DAYS,
        "heads": _heads(),
        "ages": [{"title": titles.get(one.state, one.state), "counted": one} for one in ages],
        "open": _bars((titles.get(one.state, one.state), one.total, "") for one in ages),
        "answered": _bars(
            (_after(letters), number, _share(number, sum(answered.values())))
            for letters, number in sorted(answered.items())
        ),
        **_effect(since, sum(answered.values())),
        "queues": queues.by_hand(request.user),
        "machines": queues.by_machines(),
        "returns": [
            {"one": one, "share": _share(one.returned, one.handed_over)}
            for one in delivery.returns_since(clock.now() - timedelta(days=_DAYS))
        ],
        "mails": _bars(
            (f"{day:%d.%m.%Y}", mails, _shared(mails, people))
            for day, mails, people in notifications.mails_per_day(today - timedelta(days=_DAYS_OF_MAILS))
        ),
    }
    return render(request, "backoffice/figures.html", context)


def _effect(since: date, applications: int) -> dict[str, list[Bar]]:
    """Return which cancellations applications spared, and how long they took."""
    avoided = cases.avoided_cancellations(since)
    spared = {
        "nach der letzten Erinnerung": avoided.after_last_reminder,
        "nach dem Vorschlag zur Kündigung": avoided.after_proposal,
    }
    return {
        "avoided": _bars((label, number, _share(number, applications)) for label, number in spared.items() if number),
        "waits": _bars(
            (_after_how_many(one.letters), one.median, _applications(one.applications))
            for one in cases.days_to_application(since)
        ),
    }


def _after_how_many(letters: int | None) -> str:
    return "alle" if letters is None else _after(letters)


def _applications(number: int) -> str:
    return f"{number} {'Antrag' if number == 1 else 'Anträge'}"


def _heads() -> list[str]:
    bounds = [-1, *cases.AGES]
    groups = [f"{low + 1}–{high} Tage" for low, high in pairwise(bounds)]
    return [*groups, f"über {bounds[-1]} Tage"]


def _after(letters: int) -> str:
    return _AFTER[letters] if letters < len(_AFTER) else f"nach {letters} Schreiben"


def _share(part: int, whole: int) -> str:
    return f"{part / whole * 100:.0f} %" if whole else "–"


def _shared(mails: int, people: int) -> str:
    each = f"{mails / people:.1f}".replace(".", ",")
    return f"{people} {'Person' if people == 1 else 'Personen'}, je {each}"


def _shown(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _bars(rows: Iterable[tuple[str, float, str]]) -> list[Bar]:
    found = list(rows)
    longest = max((number for _, number, _ in found), default=0) or 1
    return [
        Bar(label=label, number=_shown(number), length=round(number / longest * _WIDTH), note=note)
        for label, number, note in found
    ]
