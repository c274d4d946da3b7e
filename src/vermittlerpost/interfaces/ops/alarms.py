"""Mails that warn a firm's administrators: of what its software leaves lying (B8), and where nobody reads (B2)."""

import logging
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery.rules import Alarm
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Gap

_MOST_NAMED = 5
_log = logging.getLogger(__name__)


def warn(alarms: Iterable[Alarm], *, by: str) -> None:
    """Leave a mail to every administrator whose firm an alarm is about, within the caller's transaction."""
    for alarm in alarms:
        _tell(alarm.firm, "uncollected_shipments", _lying(alarm), by=by)


def warn_of_gaps(firm: str, gaps: Sequence[Gap], *, by: str) -> None:
    """Leave one mail about all of these gaps to every administrator of a firm, within the caller's transaction."""
    if gaps:
        _tell(firm, "coverage_gaps", _unread(gaps), by=by)


def _tell(firm: str, message: str, content: Mapping[str, str], *, by: str) -> None:
    for administrator in agencies.administrators_of(firm).exclude(email=""):
        try:
            notifications.send_message(message, user=administrator.id, content=content, by=by)
        except Refused as refusal:
            # One address that is none must not keep the others from being told.
            _log.warning("Warning about %s not sent to %s: %s", firm, administrator.login_id, refusal.code)


def _lying(alarm: Alarm) -> dict[str, str]:
    return {
        "count": str(len(alarm.letters)),
        "agencies": _named(alarm.agencies),
        "oldest": f"{alarm.oldest.astimezone(clock.GERMANY):%d.%m.%Y, %H:%M} Uhr",
        "by_post": "Sie gehen zusätzlich mit der Post an die Agenturen." if alarm.by_post else "",
        "link": reverse("software"),
    }


def _unread(gaps: Sequence[Gap]) -> dict[str, str]:
    return {
        "categories": ", ".join(dict.fromkeys(CATEGORIES[gap.category].title for gap in gaps)),
        "agencies": _named(sorted({gap.agency for gap in gaps})),
        "link": reverse("coverage"),
    }


def _named(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"Agentur {numbers[0]}"
    others = len(numbers) - _MOST_NAMED
    named = ", ".join(numbers[:_MOST_NAMED])
    return f"Agenturen {named} und {others} weitere" if others > 0 else f"Agenturen {named}"
