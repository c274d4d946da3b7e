"""Ask what was provided to a firm of late, as far as somebody could have been told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from vermittlerpost.notifications.rules import Reason

WINDOW = timedelta(days=90)

# Whoever was in scope has a mention or stands among the unmailed. What had ended or was taken back told nobody.
# A letter is put before one agency; news are put before many, and each of them is named.
_PROVIDED = """
    WITH decided AS (
        SELECT matter, category, agency_id AS agency, decided_at AS at, reason = ANY (%(void)s) AS is_void
        FROM notifications_unmailed
        WHERE agency_id = ANY (%(agencies)s) AND decided_at >= %(since)s
        UNION ALL
        SELECT said.matter, mail.category, said.agency_id, mail.made_at, said.reason = ANY (%(void)s)
        FROM notifications_mail mail JOIN notifications_mention said ON said.mail_id = mail.id
        WHERE mail.user_id = ANY (%(users)s) AND mail.made_at >= %(since)s AND said.agency_id = ANY (%(agencies)s)
    ), matters AS (
        SELECT matter, max(category) AS category, array_agg(DISTINCT agency) AS agencies, max(at) AS at
        FROM decided GROUP BY matter HAVING NOT bool_or(is_void)
    )
    SELECT category, agencies, (at AT TIME ZONE 'Europe/Berlin')::date AS day, count(*)
    FROM matters GROUP BY category, agencies, day ORDER BY day DESC, agencies, category
"""


@dataclass(frozen=True, kw_only=True)
class Day:
    """How many letters or documents of a category were put before the same agencies on a German calendar day."""

    category: str
    agencies: tuple[str, ...]
    day: date
    count: int


def provided(*, agencies: Sequence[str], users: Sequence[int], since: datetime) -> list[Day]:
    """Return what was provided to a firm's agencies since a moment, the latest day first."""
    asked: dict[str, list[str] | list[int] | datetime] = {
        "agencies": list(agencies),
        "users": list(users),
        "since": since,
        "void": [Reason.CASE_ENDED.value, Reason.RECALLED.value],
    }
    with connection.cursor() as cursor:
        cursor.execute(_PROVIDED, asked)
        return [
            Day(category=category, agencies=tuple(numbers), day=day, count=count)
            for category, numbers, day, count in cursor.fetchall()
        ]
