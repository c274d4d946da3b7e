"""Ask R1 again at the last moment: what may a mail still speak of?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import starmap
from typing import NamedTuple

from django.db import connection

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Reader, Right
from vermittlerpost.lib import bulk, clock
from vermittlerpost.notifications.categories import CATEGORIES, right_to
from vermittlerpost.notifications.models import Mention
from vermittlerpost.notifications.queries import preference_of
from vermittlerpost.notifications.rules import Outcome, Reason, Wish, obstacle

# The outcome is compared here rather than there, so that no plan is tempted by an index of all that was ever mailed.
_SPOKEN = """
    SELECT said.id, said.mail_id, mail.category, said.matter, said.agency_id, said.urgency, said.due_on, said.user_id,
           said.address, said.origin, said.outcome, said.case_ended,
           coalesce(exception.choice, preference.choice), exception.until, suppression IS NOT NULL
    FROM notifications_mention said
    JOIN notifications_mail mail ON mail.id = said.mail_id
    LEFT JOIN notifications_preference preference
        ON preference.user_id = said.user_id AND preference.category = mail.category AND preference.until IS NULL
    LEFT JOIN notifications_preference exception
        ON exception.user_id = said.user_id AND exception.category = mail.category AND exception.until >= %s
    LEFT JOIN notifications_suppression suppression ON suppression.address = said.address
    WHERE said.mail_id = ANY (%s)
    ORDER BY said.id
"""


class Spoken(NamedTuple):
    """What a mail speaks of, and what its user and address are now."""

    id: int
    mail: str
    category: str
    matter: str
    agency: str
    urgency: str
    due_on: date | None
    user: int
    address: str
    origin: str
    outcome: str
    case_ended: bool
    choice: bool | None
    until: date | None
    is_suppressed: bool


def still_to_be_told(mails: Sequence[str]) -> Mapping[str, list[Spoken]]:
    """Return what each mail may still speak of, within the caller's transaction; the rest is withdrawn."""
    spoken: dict[str, list[Spoken]] = defaultdict(list)
    withdrawn = []
    for said, reason, origin in _verdicts(_spoken(mails)):
        if reason:
            withdrawn.append((said.id, Outcome.WITHDRAWN.value, reason.value, origin))
        else:
            spoken[said.mail].append(said)
    bulk.update(Mention, ["outcome", "reason", "origin"], withdrawn)
    return spoken


def _spoken(mails: Sequence[str]) -> list[Spoken]:
    with connection.cursor() as cursor:
        cursor.execute(_SPOKEN, [clock.today(), list(mails)])
        return [said for said in starmap(Spoken, cursor.fetchall()) if said.outcome == Outcome.MAILED]


def _verdicts(spoken: Sequence[Spoken]) -> Iterator[tuple[Spoken, Reason | None, str]]:
    """Yield why something may no longer be told, and the origin of the preference in force now."""
    readers = _readers(spoken)
    for said in spoken:
        reader = readers[right_to(said.category)].get((said.agency, said.user))
        if reader is None:
            yield said, Reason.OUT_OF_SCOPE, said.origin
        elif said.category not in CATEGORIES:
            # A category that is gone has no texts: writing the mail fails, and that is shown.
            yield said, None, said.origin
        else:
            yield said, *_verdict(said, reader)


def _readers(spoken: Sequence[Spoken]) -> Mapping[Right, Mapping[tuple[str, int], Reader]]:
    """Return who still sees what he is to be told of, by the right to it."""
    pairs: dict[Right, list[tuple[str, int]]] = defaultdict(list)
    for said in spoken:
        pairs[right_to(said.category)].append((said.agency, said.user))
    return {right: agencies.still_readers(asked, right=right) for right, asked in pairs.items()}


def _verdict(said: Spoken, reader: Reader) -> tuple[Reason | None, str]:
    # A changed address is not the one that was checked against doubling, so nothing goes to it.
    deliverable = reader.address == said.address and not said.is_suppressed
    wish = None if said.choice is None else Wish(wanted=said.choice, until=said.until)
    preference = preference_of(reader, said.category, wish)
    reason = obstacle(reader, preference, deliverable=deliverable)
    return reason or (Reason.CASE_ENDED if said.case_ended else None), preference.origin
