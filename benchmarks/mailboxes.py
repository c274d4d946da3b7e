"""A mailbox with any number of letters, made inside PostgreSQL, for firms with few, some and many agencies."""

from dataclasses import replace
from datetime import datetime

from django.db import connection

from benchmarks.feeding import BY
from benchmarks.loading import without_indexes
from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.rules import AgencyRow, CarrierRow, FirmRow, UserRow

FEW, SOME, MANY = 3, 60, 1000
SCOPES = (FEW, SOME, MANY)
"""How many agencies the firms have; each has a quarter of all letters, and the rest are somebody else's."""

_SOMEBODY_ELSE = 500
_CARRIER = CarrierRow(
    code="nord", name="Nord", legal_name="Nord AG", sender_street="Weg 1", sender_postcode="24103", sender_city="Kiel",
    process="kfz_standard",
)  # fmt: skip
_AGENCY = AgencyRow(
    number="", parent="", firm="", name="Agentur Übelacker & Großkreutz", street="Am Römertor 12", postcode="50667",
    city="Köln", state="DE-NW", electronic_from=None, electronic_until=None, contact_name="Jördis Ackermann",
    contact_email="kontakt@nord.example", contact_phone="0431 5550-120",
)  # fmt: skip
_USER = UserRow(
    login_id="", firm="", name="Zoë Weiß", email="", administrator=True, technical=False,
    rights=("basic", "view_portfolio"), assigned_agencies=(), active=True,
)  # fmt: skip

# Five years of letters; those of the last months are open, and half of these unread. Marks are in no order at all.
_ENTRIES = """
    INSERT INTO delivery_mailboxentry (
        letter_id, "case", agency_id, carrier_id, kind, level, urgency, category, due_on, plate, policyholder,
        provided_at, read_at, read_by, done_on, done_reason, done_by, words)
    SELECT 'S-' || mark, 'V-' || mark, agency, 'nord',
        (ARRAY['application_request', 'reminder', 'reminder'])[level + 1], level,
        (ARRAY['normal', 'hoch', 'letzte'])[level + 1],
        CASE level WHEN 0 THEN 'important_letters' ELSE 'urgent_reminders' END,
        (at + interval '14 days')::date, 'K-' || upper(letters) || ' ' || number, first || ' ' || last, at,
        CASE WHEN is_open AND mark < '8' THEN NULL ELSE at END, '',
        CASE WHEN is_open THEN NULL ELSE (at + interval '20 days')::date END,
        CASE WHEN is_open THEN '' ELSE 'application' END, '',
        array_to_tsvector(ARRAY[
            agency || '/s' || mark, agency || '/v' || mark, agency || '/k' || letters || number,
            agency || '/' || number, agency || '/nl' || substr(mark, 1, 5), agency || '/wvw' || substr(mark, 1, 14),
            agency || '/' || first, agency || '/' || last])
    FROM (
        SELECT n, md5(n::text) AS mark, (n / 7) %% 3 AS level, 1000 + n %% 9000 AS number,
            translate(substr(md5(n::text), 1, 2), '0123456789', 'ghijklmnop') AS letters,
            'vorname' || lpad(((n * 7919) %% 311)::text, 4, '0') AS first,
            'nachname' || lpad(((n * 104729) %% 5003)::text, 4, '0') AS last,
            n > 0.92 * %(letters)s AS is_open,
            %(until)s::timestamptz - (%(letters)s - n) * (interval '5 years' / %(letters)s) AS at,
            (%(sizes)s::int[])[n %% 4 + 1] || '-' || (n / 4) %% (%(sizes)s::int[])[n %% 4 + 1] AS agency
        FROM generate_series(%(first)s::bigint, %(letters)s::bigint) AS n
    ) AS numbered
"""


def enter() -> None:
    """Let firms, agencies and one administrator each come in."""
    sizes = (*SCOPES, _SOMEBODY_ELSE)
    agencies.put_carriers([_CARRIER], by=BY)
    agencies.put_firms([FirmRow(id=f"F-{size}", name=f"Makler {size}", self_service=False) for size in sizes], by=BY)
    agencies.put_agencies(
        [replace(_AGENCY, number=f"{size}-{n}", firm=f"F-{size}") for size in sizes for n in range(size)], by=BY
    )
    agencies.put_users([replace(_USER, login_id=login_of(size), firm=f"F-{size}") for size in sizes], by=BY)


def login_of(agencies_in_scope: int) -> str:
    """Return who sees so many agencies."""
    return f"chief-of-{agencies_in_scope}"


def fill(letters: int, until: datetime) -> None:
    """Let just so many letters of the five years before a moment lie in the mailboxes of those who have entered."""
    with without_indexes("delivery_mailboxentry"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE delivery_mailboxentry")
        cursor.execute(_ENTRIES, {"first": 1, "letters": letters, "until": until, "sizes": [*SCOPES, _SOMEBODY_ELSE]})
