"""Work off the mailbox: read, done, handed to a colleague; what is so already stays as it is and is not recorded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from vermittlerpost.delivery import events, queries
from vermittlerpost.delivery.actions.sending import tell_endings
from vermittlerpost.delivery.actions.sparing import hold_paper, spare_paper
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.delivery.rules import BY_HAND, SUPERSEDED
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event, Kind
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.errors import Refused


class NoColleague(Refused):
    """The letter cannot be handed to this user: he does not see its agency, or is no person who works here."""

    code = "no_colleague"


@transaction.atomic
def mark_read(*, letters: Sequence[str], by: str) -> int:
    """Note that somebody has read letters, and return how many of them were unread."""
    read = _change(_of(letters).filter(read_at=None), events.READ, by, read_at=clock.now(), read_by=by)
    if read:
        spare_paper(letters, by=by)
    return read


@transaction.atomic
def mark_unread(*, letters: Sequence[str], by: str) -> int:
    """Let letters look as if nobody had opened them, and return how many of them were read."""
    return _change(_of(letters).exclude(read_at=None), events.UNREAD, by, read_at=None, read_by="")


@transaction.atomic
def mark_done(*, letters: Sequence[str], by: str) -> int:
    """Note that nothing is left to do about letters, and return how many of them were open; their cases go on."""
    done = {"done_on": clock.today(), "done_reason": BY_HAND, "done_by": by}
    changed = _change(_of(letters).filter(done_on=None), events.DONE, by, **done)
    if changed:
        spare_paper(letters, by=by)
    return changed


@transaction.atomic
def reopen(*, letters: Sequence[str], by: str) -> int:
    """Put letters that were done by hand back among the open ones, and return how many; others stay done."""
    return _change(_of(letters).filter(done_reason=BY_HAND), events.REOPENED, by, **_NOT_DONE)


@transaction.atomic
def assign(*, letter: str, to: str | None, by: str) -> bool:
    """Hand a letter to a colleague by his login id, or to nobody, and tell whether that changed anything.

    Refuses whoever may not see the letter's agency, and who is no person.
    """
    entry = MailboxEntry.objects.select_for_update(of=("self",)).select_related("assignee").get(letter=letter)
    before = entry.assignee.login_id if entry.assignee else None
    if to == before:
        return False
    colleagues = {user.login_id: user.id for user in queries.colleagues(entry.agency_id)} if to else {}
    if to and to not in colleagues:
        raise NoColleague("Dieser Person kann das Schreiben nicht übergeben werden.", letter=letter)
    MailboxEntry.objects.filter(letter=letter).update(assignee=colleagues.get(to or ""))
    data = {"letter": letter, "before": before, "after": to}
    journal.record([Event(kind=events.ASSIGNED, subject=entry.case, data=data)], by=by)
    return True


def supersede(later: Mapping[str, str], *, by: str) -> None:
    """Show the earlier letters of cases as done, within the caller's transaction; `later` gives each case's new letter.

    To be called before anything about these cases is written into the journal, as everybody who works off the mailbox
    locks entries and chains in this order. It outdoes what was done by hand.
    """
    entries = _lock(MailboxEntry.objects.filter(_MAY_BE_SETTLED, case__any_of=later))
    if not entries:
        return
    done = {"done_on": clock.today(), "done_reason": SUPERSEDED, "done_by": by}
    _of(list(entries)).update(**done)
    journal.record(
        [
            Event(kind=events.SUPERSEDED, subject=case, data={"letter": letter, "later": later[case]})
            for letter, case in entries.items()
        ],
        by=by,
    )


def settle(endings: Mapping[str, tuple[date, str]], *, by: str) -> None:
    """Show the entries of ended cases (case -> day and reason) as done, within the caller's transaction.

    The end of a case outdoes what was done by hand or overtaken. That the letters are settled is on record with the
    letters. Where the carrier wants it, the agencies' software is told.
    """
    entries = MailboxEntry.objects.filter(_MAY_BE_SETTLED | Q(done_reason=SUPERSEDED), case__any_of=endings)
    found = _lock(entries)
    hold_paper(found)
    bulk.update(
        MailboxEntry,
        ["done_on", "done_reason", "done_by"],
        [(letter, *endings[case], by) for letter, case in found.items()],
    )
    tell_endings(list(endings), by=by)


_MAY_BE_SETTLED = Q(done_on=None) | Q(done_reason=BY_HAND)
_NOT_DONE: Mapping[str, Any] = {"done_on": None, "done_reason": "", "done_by": ""}


def _of(letters: Sequence[str]) -> QuerySet[MailboxEntry]:
    return MailboxEntry.objects.filter(letter__any_of=letters)


def _change(entries: QuerySet[MailboxEntry], kind: Kind, by: str, **values: Any) -> int:
    found = _lock(entries)
    hold_paper(found)
    _of(list(found)).update(**values)
    journal.record([Event(kind=kind, subject=case, data={"letter": letter}) for letter, case in found.items()], by=by)
    return len(found)


def _lock(entries: QuerySet[MailboxEntry]) -> dict[str, str]:
    """Lock entries in order, so that two who work on the same ones wait for each other, and return their cases."""
    return dict(entries.select_for_update(no_key=True).order_by("letter").values_list("letter", "case"))
