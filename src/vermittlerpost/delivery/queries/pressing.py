"""What an agency should look at first, and the days that stand in its calendar."""

from django.db import connection

from vermittlerpost.agencies.models import User
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.delivery.queries.entries import entries_of, scope_of

# Each agency gives its first ones.
_PRESSING = """
    SELECT entry.letter_id FROM unnest(%(agencies)s::varchar[]) AS scope (agency) CROSS JOIN LATERAL (
        SELECT letter_id, urgency, coalesce(due_on, '9999-12-31'::date) AS due FROM delivery_mailboxentry
        WHERE agency_id = scope.agency AND done_on IS NULL
        ORDER BY coalesce(due_on, '9999-12-31'::date), letter_id LIMIT %(limit)s
    ) AS entry
    ORDER BY due, array_position(ARRAY['letzte', 'hoch', 'normal'], entry.urgency::text), letter_id LIMIT %(limit)s
"""


def pressing(user: User, limit: int) -> list[MailboxEntry]:
    """Return the open letters that a user may see, the first due first, of one day the most urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESSING, {"agencies": scope_of(user), "limit": limit})
        found = [letter for (letter,) in cursor.fetchall()]
    entries = MailboxEntry.objects.select_related("agency", "assignee").in_bulk(found)
    return [entries[letter] for letter in found]


def due_days(user: User, limit: int) -> list[MailboxEntry]:
    """Return the open letters with a due date that a user may see, of very many those that are due last."""
    dated = entries_of(user).filter(done_on=None).exclude(due_on=None)
    return list(dated.order_by("-due_on", "letter")[:limit])
