"""Mails: what was sent to whom and when, what was not and why; people stand here by their login ids alone."""

from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice import words
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.rules import Outcome

_READERS = (StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)
_SHOWN = 50


@read_by(*_READERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show the mails of a login id, or everybody who was or was not told about a letter."""
    text = request.GET.get("von", "").replace("\0", "").strip()[:100]
    user = agencies.meant_by(text) if text else None
    context: dict[str, Any] = {"text": text}
    if user:
        context |= _of_user(user, _before(request.GET.get("vor", "")))
    elif case := letters.case_of(text.upper()):
        context |= {"letter": text.upper(), "case": case, "decisions": _about(text.upper())}
    elif not text:
        context["to_settle"] = queries.to_settle().select_related("user")[:_SHOWN]
    return render(request, "backoffice/mails.html", context)


def _before(asked: str) -> datetime:
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError:
        return clock.now()
    return moment if moment.tzinfo else clock.now()


def _of_user(user: Account, before: datetime) -> dict[str, Any]:
    found = queries.mails_of(user, before=before, limit=_SHOWN + 1)
    shown = found[:_SHOWN]
    page = queries.latest_decisions(user, before=(before, ""), limit=_SHOWN)
    suppression = queries.suppression_of(user.email) if user.email else None
    return {
        "user_asked": user,
        "mails": [_mail(one) for one in shown],
        "older": shown[-1].made_at.isoformat() if len(found) > _SHOWN else "",
        "untold": [_untold(one) for one in page.decisions if one.outcome != Outcome.MAILED],
        "suppression": suppression,
        "suppressed_because": words.without_addresses(suppression.reason) if suppression else "",
    }


def _mail(mail: Any) -> dict[str, Any]:
    about = MESSAGES[mail.message].title if mail.message else _category(mail.category)
    return {
        "mail": mail,
        "about": about,
        "state": words.mail_state(mail.state),
        "reply": words.without_addresses(mail.reply),
        "bounced_at": mail.softbounce.at if hasattr(mail, "softbounce") else None,
        "mentions": [
            {"one": one, "origin": words.origin(one.origin), "why": words.reason(one.reason)}
            for one in mail.mentions.all()
        ],
    }


def _untold(decision: Any) -> dict[str, Any]:
    return {
        "one": decision,
        "category": _category(decision.category),
        "why": words.reason(decision.reason),
        "origin": words.origin(decision.origin),
    }


def _about(letter: str) -> list[dict[str, Any]]:
    return [
        {
            "one": one,
            "is_told": one.outcome == Outcome.MAILED,
            "why": words.reason(one.reason),
            "origin": words.origin(one.origin),
            "state": words.mail_state(one.mail_state),
        }
        for one in queries.decisions_about(letter)
    ]


def _category(code: str) -> str:
    return CATEGORIES[code].title if code in CATEGORIES else code
