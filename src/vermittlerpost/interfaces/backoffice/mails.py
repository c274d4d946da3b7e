"""Mails: what was sent to whom and when, what was not and why; people stand here by their login ids alone."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.backoffice import words
from vermittlerpost.interfaces.backoffice.asking import number_of, period_of, place, place_of, text_of
from vermittlerpost.interfaces.backoffice.pages import Visit, read_by
from vermittlerpost.letters import queries as letters
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.rules import Outcome

_READERS = (StaffRole.ADMINISTRATOR, StaffRole.CASE_WORKER)
_SHOWN = 50
_DAYS, _DAYS_OF_USER, _MOST_DAYS = 7, 90, 92


@read_by(*_READERS)
def overview(request: Visit) -> HttpResponseBase:
    """Show the mails of some days, those of a login id, or everybody who was or was not told about a letter."""
    text = text_of(request, "von")
    user = agencies.meant_by(text) if text else None
    context: dict[str, Any] = {"text": text, "states": words.mail_states().items(), "titles": _titles().items()}
    if user:
        context |= {"user_asked": user, **_suppression(user), **_log(request, user)}
    elif case := letters.case_of(text.upper()):
        context |= {"letter": text.upper(), "case": case, "decisions": _about(text.upper())}
    elif not text:
        context |= {"to_settle": queries.to_settle().select_related("user")[:_SHOWN], **_log(request, None)}
    return render(request, "backoffice/mails.html", context)


def _titles() -> dict[str, str]:
    """Return what mails can be about, by code: notifications, and what people themselves caused."""
    entries = {code: category.title for code, category in CATEGORIES.items()}
    return entries | {code: message.title for code, message in MESSAGES.items()}


def _log(request: Visit, user: Account | None) -> dict[str, Any]:
    period = period_of(request, usual=_DAYS_OF_USER if user else _DAYS, most=_MOST_DAYS)
    state, about = request.GET.get("stand", ""), request.GET.get("kategorie", "")
    log = queries.Log(
        since=period.since,
        until=period.until,
        user=user,
        state=state if state in words.mail_states() else "",
        category=about if about in CATEGORIES else "",
        message=about if about in MESSAGES else "",
    )
    asked = {"period": period, "state": log.state, "category": log.category or log.message}
    return {**asked, **_told(request, log), **_untold(request, log)}


def _told(request: Visit, log: queries.Log) -> dict[str, Any]:
    found = queries.mails_in(log, before=place_of(request, "vor"), limit=_SHOWN + 1)
    last = found[_SHOWN - 1] if len(found) > _SHOWN else None
    return {"mails": [_mail(one) for one in found[:_SHOWN]], "older": place(last.made_at, last.id) if last else ""}


def _untold(request: Visit, log: queries.Log) -> dict[str, Any]:
    behind = place_of(request, "davor")
    before = (behind[0], number_of(behind[1])) if behind else None
    found = queries.untold_in(log, before=before, limit=_SHOWN + 1)
    last = found[_SHOWN - 1] if len(found) > _SHOWN else None
    return {
        "untold": [_spared(one) for one in found[:_SHOWN]],
        "untold_older": place(last.decided_at, last.id) if last else "",
    }


def _suppression(user: Account) -> dict[str, Any]:
    suppression = queries.suppression_of(user.email) if user.email else None
    because = words.without_addresses(suppression.reason) if suppression else ""
    return {"suppression": suppression, "suppressed_because": because}


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


def _spared(row: Any) -> dict[str, Any]:
    return {
        "one": row,
        "people": len(row.users),
        "category": _category(row.category),
        "why": words.reason(row.reason),
        "origin": words.origin(row.origin),
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
