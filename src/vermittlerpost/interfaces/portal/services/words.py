"""Words for what is kept about users as codes: their settings with origin, their rights, their scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies.rules import Right
from vermittlerpost.interfaces.portal.templatetags.portal import day
from vermittlerpost.lib import clock
from vermittlerpost.notifications.categories import CATEGORIES, right_to
from vermittlerpost.notifications.queries import Ground, Setting
from vermittlerpost.notifications.rules import Reason

RIGHTS: Mapping[str, Any] = {
    Right.BASIC: gettext_lazy("Basis Benutzer"),
    Right.VIEW_PORTFOLIO: gettext_lazy("Anzeige der Bestandsdaten"),
    Right.DOCUMENT_ARCHIVE: gettext_lazy("Dokumentenarchiv"),
}

# Why a preset is what it is: said to the user himself, and said about him.
_OWN_GROUNDS: Mapping[str, Any] = {
    Ground.EVERYBODY: gettext_lazy("Ja, wie bei allen Benutzern"),
    Ground.ADMINISTRATOR: gettext_lazy("Ja, weil Sie Administrator sind"),
    Ground.RESTRICTED: gettext_lazy("Ja, weil Ihre Bestandssicht auf zugeordnete Agenturen eingeschränkt ist"),
    Ground.NOBODY: gettext_lazy("Nein, wie bei allen Benutzern"),
    Ground.ONLY_ADMINISTRATORS: gettext_lazy("Nein, weil Sie kein Administrator sind"),
    Ground.ONLY_RESTRICTED: gettext_lazy("Nein, weil Ihre Bestandssicht nicht eingeschränkt ist"),
    Ground.NEITHER: gettext_lazy(
        "Nein, weil Sie kein Administrator sind und Ihre Bestandssicht nicht eingeschränkt ist"
    ),
}
_GROUNDS: Mapping[str, Any] = {
    **_OWN_GROUNDS,
    Ground.ADMINISTRATOR: gettext_lazy("Ja, weil %(name)s Administrator ist"),
    Ground.RESTRICTED: gettext_lazy(
        "Ja, weil die Bestandssicht von %(name)s auf zugeordnete Agenturen eingeschränkt ist"
    ),
    Ground.ONLY_ADMINISTRATORS: gettext_lazy("Nein, weil %(name)s kein Administrator ist"),
    Ground.ONLY_RESTRICTED: gettext_lazy("Nein, weil die Bestandssicht von %(name)s nicht eingeschränkt ist"),
    Ground.NEITHER: gettext_lazy(
        "Nein, weil %(name)s kein Administrator ist und die Bestandssicht nicht eingeschränkt ist"
    ),
}
_OBSTACLES: Mapping[str, Any] = {
    Reason.INACTIVE: gettext_lazy("Ja, aber der Zugang ist deaktiviert"),
    Reason.TECHNICAL: gettext_lazy("Technische Benutzer erhalten keine E-Mails"),
    Reason.NO_ADDRESS: gettext_lazy("Ja, aber nicht zustellbar: Es gibt keine erreichbare E-Mail-Adresse"),
}
_MISSING: Mapping[str, Any] = {
    Right.VIEW_PORTFOLIO: gettext_lazy("Ja, aber das Recht „Anzeige der Bestandsdaten“ fehlt"),
    Right.DOCUMENT_ARCHIVE: gettext_lazy("Ja, aber das Recht „Dokumentenarchiv“ fehlt"),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """A setting in words; `hindrance` says why a Ja brings no mails, `later` what holds after an exception."""

    category: str
    title: str
    sentence: str
    example: str
    wanted: bool
    is_explicit: bool
    value: str
    origin: str
    later: str
    preset: str
    hindrance: str


def of_setting(setting: Setting, *, name: str, names: Mapping[str, str]) -> Words:
    """Return a setting in words; `name` is the user's, empty when he reads it himself."""
    category = CATEGORIES[setting.category]
    preset = str((_GROUNDS if name else _OWN_GROUNDS)[setting.ground]) % {"name": name}
    wanted = setting.preference.wanted
    return Words(
        category=setting.category,
        title=gettext(category.title),
        sentence=gettext(category.sentence),
        example=category.example,
        wanted=wanted,
        is_explicit=setting.choice is not None,
        value=choice(wanted, setting.until),
        origin=_origin(setting, names) or _preset(preset),
        later=_later(setting, preset),
        preset=preset,
        hindrance=_hindrance(setting),
    )


def yes_or_no(*, wanted: bool) -> str:
    """Return Ja or Nein."""
    return gettext("Ja") if wanted else gettext("Nein")


def choice(wanted: bool | None, until: date | None = None) -> str:  # noqa: FBT001 (what is put into words)
    """Return Ja, Nein, or Vorbelegung for no choice, with its last day if it has one."""
    said = gettext("Vorbelegung") if wanted is None else yes_or_no(wanted=wanted)
    return gettext("%(choice)s bis %(day)s") % {"choice": said, "day": day(until)} if until else said


def effective(setting: Setting | None) -> str:
    """Return a setting in few words: its value and where that comes from."""
    if setting is None:
        return "–"
    where = gettext("gesetzt") if setting.choice is not None else gettext("Vorbelegung")
    return f"{_hindrance(setting) or choice(setting.preference.wanted, setting.until)} ({where})"


def _hindrance(setting: Setting) -> str:
    if not setting.preference.wanted or setting.obstacle is None:
        return ""
    if setting.obstacle is Reason.NO_RIGHT:
        return str(_MISSING[right_to(setting.category)])
    return str(_OBSTACLES.get(setting.obstacle, ""))


def _origin(setting: Setting, names: Mapping[str, str]) -> str:
    if setting.since is None:
        return ""
    values = {"name": names.get(setting.by, setting.by), "day": day(clock.german_day(setting.since))}
    return gettext("gesetzt von %(name)s am %(day)s") % values


def _later(setting: Setting, preset: str) -> str:
    if setting.until is None:
        return ""
    return _preset(preset) if setting.later is None else yes_or_no(wanted=setting.later)


def _preset(preset: str) -> str:
    return gettext("Vorbelegung: %(preset)s") % {"preset": preset}


def rights(codes: list[str]) -> list[str]:
    """Return rights by their names."""
    return [str(RIGHTS.get(code, code)) for code in codes]


def role(*, administrator: bool, technical: bool) -> str:
    """Return what somebody is in his firm."""
    if technical:
        return gettext("Technischer Benutzer")
    return gettext("Administrator") if administrator else gettext("Benutzer")
