"""Put a preview into words: what changes, what it would have done, and what nobody would read any more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext

from vermittlerpost.interfaces.portal.pages import Visit
from vermittlerpost.interfaces.portal.services import words
from vermittlerpost.interfaces.portal.services.roster import alphabetical
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import WINDOW, Effect, Gap, Preview, SettingChange

_MOST = 20
_NOT_REPEATED = {"csrfmiddlewaretoken", "schritt"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field of a user's data as it is and as it will be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a preview is shown for: its page, what is changed, and where one gets back to.

    `repeated` is what is sent again to save it; what was typed, if nothing is named. Only what was typed into a form
    can be gone back to.
    """

    title: str
    crumbs: Sequence[tuple[str, str]]
    back: str
    changes: Sequence[Change] = ()
    repeated: Sequence[tuple[str, str]] = ()
    is_form: bool = False


def show(request: Visit, occasion: Occasion, preview: Preview) -> HttpResponseBase:
    """Show what a change would do, with what was typed going along, so that it is saved by one more press."""
    context = {
        "occasion": occasion,
        "settings": _capped([_setting(one) for one in sorted(preview.settings, key=_by_name)]),
        "views": _capped(preview.views),
        "effects": _capped([_effect(one) for one in sorted(preview.effects, key=_by_name)]),
        "totals": _totals(preview.effects) if len(preview.effects) > 1 else [],
        "opened": _capped([_gap(gap) for gap in preview.opened]),
        "closed": _capped([_gap(gap) for gap in preview.closed]),
        "days": WINDOW.days,
        "typed": occasion.repeated or _typed(request.POST),
    }
    return render(request, "portal/services/preview.html", context)


def step(request: Visit) -> str:
    """Return which step of a change is asked for: `wirkung`, `speichern`, or `aendern` to go back to what was typed."""
    return request.POST.get("schritt", "wirkung")


def _typed(post: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in post.lists() if name not in _NOT_REPEATED for value in values]


def _by_name(one: SettingChange | Effect) -> str:
    return alphabetical(one.name)


def _capped(rows: Sequence[Any]) -> dict[str, Any]:
    return {"rows": rows[:_MOST], "more": max(0, len(rows) - _MOST)}


def _setting(change: SettingChange) -> dict[str, str]:
    return {
        "label": change.name,
        "of": gettext(CATEGORIES[change.category].title),
        "before": words.effective(change.before),
        "after": words.effective(change.after),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {"name": effect.name, "sentences": _sentences(effect), "examples": effect.examples}


def _sentences(effect: Effect) -> list[str]:
    sentences = []
    if effect.gained:
        sentence = gettext("%(name)s hätte zusätzlich E-Mails über %(things)s erhalten.")
        sentences.append(sentence % {"name": effect.name, "things": things(effect.category, effect.gained)})
    if effect.lost:
        sentence = gettext("%(name)s hätte keine E-Mails mehr über %(things)s erhalten.")
        sentences.append(sentence % {"name": effect.name, "things": things(effect.category, effect.lost)})
    return sentences


def things(category: str, count: int) -> str:
    """Return `2 eilige Erinnerungen`."""
    names = CATEGORIES[category]
    return f"{count} {gettext(names.one if count == 1 else names.many)}"


def _totals(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for effect in effects:
        sums[effect.category][0] += effect.gained
        sums[effect.category][1] += effect.lost
    return [
        {"title": gettext(CATEGORIES[category].title), "gained": gained, "lost": lost}
        for category, (gained, lost) in sums.items()
    ]


def _gap(gap: Gap) -> dict[str, str]:
    return {"agency": gap.agency, "name": gap.name, "title": gettext(CATEGORIES[gap.category].title)}
