"""What goes beside cases: addresses in the mail log, old questions and answers, and what documents are called."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings

from vermittlerpost.cases import queries as cases
from vermittlerpost.documents import actions as documents
from vermittlerpost.documents import queries as provided
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries as answered
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries as asked
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as told

_MAILS_AT_ONCE = 5000


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What would go: of mail log, questions and answers what is older than one day, of documents than another."""

    logs_before: date
    documents_before: date
    mails: int
    suppressions: int
    requests: int
    answers: int
    documents: int


def months_before(today: date, months: int) -> date:
    """Return the first of the month that began at least so many whole months ago: nothing goes too early."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def plan(before: date | None, documents_before: date) -> Beside:
    """Return what would be erased beside cases; a day that was asked for erases less, never more."""
    oldest = months_before(clock.today(), settings.ENVIRONMENT.retention_log_months)
    logs_before = min(before or oldest, oldest)
    logs, papers = _moment(logs_before), _moment(documents_before)
    return Beside(
        logs_before=logs_before,
        documents_before=documents_before,
        mails=told.still_addressed(logs, kept=_kept_cases()).count(),
        suppressions=told.nobodys_suppressions(logs).count(),
        requests=asked.answered_before(logs, kept=_kept_letters()).count(),
        answers=answered.answers_before(logs).count(),
        documents=provided.titled_before(papers).count(),
    )


def carry_out(chosen: Beside, *, by: str) -> None:
    """Erase what was planned; what a legal matter needs is passed over."""
    logs, kept, after = _moment(chosen.logs_before), _kept_cases(), ""
    while mails := notifications.erase_addresses(logs, kept=kept, after=after, limit=_MAILS_AT_ONCE, by=by):
        after = mails[-1]
    notifications.erase_suppressions(logs, by=by)
    news.erase_requests(logs, kept=_kept_letters(), by=by)
    exchange.erase_answers(logs, by=by)
    documents.erase(_moment(chosen.documents_before), by=by)


def _moment(day: date) -> datetime:
    return clock.german_moment(day, time())


def _kept_cases() -> list[str]:
    return list(cases.legally_held().values_list("id", flat=True))


def _kept_letters() -> list[str]:
    return list(letters.written_in(cases.legally_held().values("id")).values_list("id", flat=True))
