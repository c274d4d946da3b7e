"""Decide who is told about what was provided, and leave mails for those who are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Audience, Reader, Right
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.journal.models import Unannounced
from vermittlerpost.lib import bulk, claim, clock, identifiers
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.nudge import nudge
from vermittlerpost.notifications import events, queries
from vermittlerpost.notifications.actions.withdrawing import take_back
from vermittlerpost.notifications.categories import CATEGORIES, right_to
from vermittlerpost.notifications.models import Mail, Mention, Unmailed
from vermittlerpost.notifications.rules import Decision, MailState, Matter, Outcome, decide


class NotStuck(Refused):
    """The letter or document has no announcement that was set aside."""

    code = "not_stuck"


def announce(*, limit: int, by: str) -> int:
    """Take the oldest unannounced entries, decide about every user in scope, and return how many were taken.

    What one user gets of one category joins his mail that has not left yet, so that one run is one mail (R3).
    """
    return claim.batch(
        lambda: _claim(limit),
        lambda entries: _announce(entries, by=by),
        reclaim=_claim_again,
        set_aside=lambda entry, error: _set_aside(entry, error, by=by),
    )


def _claim(limit: int) -> list[Unannounced]:
    # One at a time: of two, neither would see the bundle that the other is about to leave.
    take_turns("announce")
    return journal.take(limit)


def _claim_again(entries: Sequence[Unannounced]) -> list[Unannounced]:
    take_turns("announce")
    return journal.take_again(entries)


@transaction.atomic
def _set_aside(entry: Unannounced, error: Exception, *, by: str) -> None:
    journal.set_aside(entry, error)
    data = {"matter": entry.data.get("matter"), "error": type(error).__name__}
    journal.record([Event(kind=events.ANNOUNCEMENT_STUCK, subject=entry.subject, data=data)], by=by)


@transaction.atomic
def reannounce(*, matter: str, reason: str, by: str) -> None:
    """Try again to announce a letter or document that was set aside; refuses one that was not."""
    subjects = journal.release(matter)
    if not subjects:
        raise NotStuck("Die Bekanntgabe von {matter} ist nicht liegen geblieben.", matter=matter)
    data = {"matter": matter, "reason": reason}
    journal.record([Event(kind=events.ANNOUNCEMENT_RETRIED, subject=s, data=data) for s in subjects], by=by)
    nudge("announce")


def _announce(entries: Sequence[Unannounced], *, by: str) -> None:
    by_category: dict[str, list[Matter]] = defaultdict(list)
    recalled = []
    for entry in entries:
        matter = _matter(entry)
        if CATEGORIES[matter.category].announces(entry.kind):
            by_category[matter.category].append(matter)
        elif entry.kind == CATEGORIES[matter.category].recall:
            recalled.append(matter.id)
    for category, matters in by_category.items():
        _announce_category(category, matters)
    take_back(recalled, by=by)


def _matter(entry: Unannounced) -> Matter:
    data = entry.data
    return Matter(
        id=data["matter"],
        case=data.get("case", ""),
        category=data["category"],
        agency=data.get("agency", ""),
        audience=data.get("audience", ""),
        urgency=data.get("urgency", ""),
        due_on=date.fromisoformat(data["due_on"]) if data.get("due_on") else None,
        void=data.get("void", ""),
    )


def _announce_category(category: str, matters: Sequence[Matter]) -> None:
    decided = _decisions(category, matters)
    mails = _mails(category, decided)
    now = clock.now()
    bulk.insert(
        Mention,
        ["mail", "matter", "case", "agency", "urgency", "due_on", "user", "address", "origin", "outcome", "reason",
         "case_ended"],
        [
            (mails[d.reader.user], m.id, m.case, d.reader.agency, m.urgency, m.due_on, d.reader.user, d.reader.address,
             d.origin, Outcome.MAILED, "", False)
            for m, decisions in decided for d in decisions if d.reason is None
        ],
    )  # fmt: skip
    bulk.insert(
        Unmailed,
        ["matter", "category", "agency", "reason", "origin", "users", "decided_at"],
        [
            (matter.id, category, agency, reason, origin, users, now)
            for matter, decisions in decided
            for (agency, reason, origin), users in _untold(decisions).items()
        ],
    )


def _decisions(category: str, matters: Sequence[Matter]) -> list[tuple[Matter, list[Decision]]]:
    readers = _readers(matters, right_to(category))
    everybody = [reader for group in readers.values() for reader in group]
    preference_of = queries.preferences([reader.user for reader in everybody], category)
    suppressed = queries.suppressed([reader.address for reader in everybody])
    told = queries.addresses_told([matter.id for matter in matters])
    return [
        (matter, decide(matter, readers[matter.agency or matter.audience], preference_of, suppressed, told[matter.id]))
        for matter in matters
    ]


def _readers(matters: Sequence[Matter], right: Right) -> Mapping[str, list[Reader]]:
    """Return the readers of each agency and of each audience that something was put before."""
    readers: dict[str, list[Reader]] = defaultdict(list)
    for reader in agencies.readers_of({matter.agency for matter in matters if matter.agency}, right=right):
        readers[reader.agency].append(reader)
    for audience in {matter.audience for matter in matters if not matter.agency}:
        readers[audience] = agencies.readers_in(Audience(audience), clock.today(), right=right)
    return readers


def _untold(decisions: Sequence[Decision]) -> Mapping[tuple[str, str, str], list[int]]:
    users: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for decision in decisions:
        if decision.reason is not None:
            users[decision.reader.agency, decision.reason, decision.origin].append(decision.reader.user)
    return users


def _mails(category: str, decided: Sequence[tuple[Matter, list[Decision]]]) -> dict[int, str]:
    """Return the mail that each user to be told gets: his open one, or a new one."""
    firsts: dict[int, tuple[str, str]] = {}
    for matter, decisions in decided:
        for decision in decisions:
            if decision.reason is None:
                firsts.setdefault(decision.reader.user, (decision.reader.login_id, matter.id))
    mails = _open_bundles(category, list(firsts))
    now = clock.now()
    leaves_at = now + _merge_window(category)
    fresh = {
        user: identifiers.derive("M", login_id, category, matter)
        for user, (login_id, matter) in firsts.items()
        if user not in mails
    }
    bulk.insert(
        Mail,
        ["id", "user", "category", "state", "made_at", "next_attempt_at", "attempts", "reply"],
        [(mail, user, category, MailState.WAITING, now, leaves_at, 0, "") for user, mail in fresh.items()],
    )
    if fresh:
        nudge("post")
    return mails | fresh


def _merge_window(category: str) -> timedelta:
    if CATEGORIES[category].urgent or settings.ENVIRONMENT.merge_window is None:
        return CATEGORIES[category].merge_window
    window: timedelta = settings.ENVIRONMENT.merge_window
    return window


def _open_bundles(category: str, users: Sequence[int]) -> dict[int, str]:
    # Locked, so that no bundle leaves while something is put into it.
    mails = (
        Mail.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(user__in=users, category=category, state=MailState.WAITING, attempts=0)
        .order_by("id")
    )
    return {mail.user_id: mail.id for mail in mails}
