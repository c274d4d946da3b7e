"""Put users, their rights and their scope."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import F, Q

from vermittlerpost.agencies import events
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Agency, Firm, User
from vermittlerpost.agencies.rules import STAFF_FIRM, UserRow
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Fields, Replacement, values_by
from vermittlerpost.lib.verdicts import Objection, Verdict

_FIELDS = ["firm_id", "name", "email", "administrator", "technical", "restricted", "rights", "is_active"]


@transaction.atomic
def put_users(rows: Sequence[UserRow], *, by: str) -> list[Verdict]:
    """Create users or replace their data; whoever has assigned agencies is restricted to them and those below.

    Refuses an unknown firm, an assigned agency that is unknown or of another firm, as it never widens a view, and the
    insurer's staff.
    """
    take_turns("masters")
    firms = set(
        Firm.objects.filter(id__in={row.firm for row in rows}).exclude(id=STAFF_FIRM).values_list("id", flat=True)
    )
    assigned = {number for row in rows for number in row.assigned_agencies}
    owners = dict(Agency.objects.filter(number__in=assigned).values_list("number", "firm_id"))
    stored = stored_users([row.login_id for row in rows])
    judged = [_of_staff(row, stored) or _objection(row, firms, owners) or _values(row) for row in rows]
    return replace_users(stored, judged, by=by)


def replace_users(stored: Mapping[str, Fields], rows: Sequence[Fields | Objection], *, by: str) -> list[Verdict]:
    """Write those of the rows that say something new, within the caller's transaction; each change counts."""
    replacement = Replacement(key="login_id", stored=stored, rows=rows)
    _write(replacement)
    record(replacement, events.USER_CHANGED, "user", by=by)
    return replacement.verdicts


def _values(row: UserRow) -> dict[str, Any]:
    values = asdict(row)
    return values | {
        "firm_id": values.pop("firm"),
        "is_active": values.pop("active"),
        "rights": sorted(row.rights),
        "restricted": bool(row.assigned_agencies),
        "assigned_agencies": sorted(row.assigned_agencies),
    }


def _of_staff(row: UserRow, stored: Mapping[str, Fields]) -> Objection | None:
    if row.login_id in stored and stored[row.login_id]["firm_id"] == STAFF_FIRM:
        return Objection("login_id", "Diese Benutzerkennung gehört zum Innendienst.")
    return None


def _objection(row: UserRow, firms: set[str], owners: Mapping[str, str]) -> Objection | None:
    if row.firm not in firms:
        return Objection("firm", "Die Firma ist nicht bekannt.")
    for number in row.assigned_agencies:
        if number not in owners:
            return Objection("assigned_agencies", "Die Agentur {agency} ist nicht bekannt.", {"agency": number})
        if owners[number] != row.firm:
            return Objection(
                "assigned_agencies", "Die Agentur {agency} gehört einer anderen Firma.", {"agency": number}
            )
    return None


def stored_users(login_ids: Sequence[str]) -> dict[str, Fields]:
    """Return users as they stand, by login id."""
    agencies = ArrayAgg(
        "assigned_agencies__number",
        filter=Q(assigned_agencies__number__isnull=False),
        order_by="assigned_agencies__number",
        default=[],
    )
    users = User.objects.filter(login_id__in=login_ids).annotate(assigned=agencies)
    rows = list(users.values("login_id", *_FIELDS, "assigned"))
    for row in rows:
        row["assigned_agencies"] = row.pop("assigned")
    return values_by("login_id", rows)


def _write(replacement: Replacement) -> None:
    known = User.objects.in_bulk(list(replacement.known), field_name="login_id")
    created = [User(**_columns(new)) for new in replacement.created]
    for user in created:
        user.set_unusable_password()
    User.objects.bulk_create(created)
    replaced = [
        User(id=known[new["login_id"]].id, version=F("version") + 1, **_columns(new)) for new in replacement.replaced
    ]
    User.objects.bulk_update(replaced, [*_FIELDS, "version"])
    _assign([*created, *replaced], replacement)


def _columns(new: Fields) -> dict[str, Any]:
    return {name: value for name, value in new.items() if name != "assigned_agencies"}


def _assign(users: Sequence[User], replacement: Replacement) -> None:
    scope = User.assigned_agencies.through
    scope.objects.filter(user__in=users).delete()
    scope.objects.bulk_create(
        scope(user_id=user.id, agency_id=number)
        for user in users
        for number in replacement.changes[user.login_id][1]["assigned_agencies"]
    )
