"""Ask who is who, and who may see what."""

from vermittlerpost.agencies.queries.entering import (
    ADDRESS_CHANGE,
    INVITATION,
    PASSWORD_RESET,
    address_change_by,
    address_change_of,
    address_change_state,
    calendar_hash,
    holder_of,
    may_enter,
    may_log_in,
    meant_by,
    password_state,
    reader_of_calendar,
    visitor,
)
from vermittlerpost.agencies.queries.people import (
    Account,
    administrator,
    administrators_of,
    agencies_of,
    electronic_firms,
    firms_like,
    known_agencies,
    known_carriers,
    known_firms,
    lands_of,
    logins_of,
    logins_with,
    parent_of,
    row_of,
    unused_login_id,
    user,
    users_by_login,
    users_of,
)
from vermittlerpost.agencies.queries.scope import (
    audiences_of,
    contact_of,
    readers_in,
    readers_of,
    still_readers,
    visible_to,
)
from vermittlerpost.agencies.queries.software import (
    bearer_of,
    holder_of_certificate,
    may_use_software,
    served_by_software,
    software_user,
    token_expiry,
    token_hash,
    uses_software,
)
from vermittlerpost.agencies.queries.staff import came_from, may_work, staff

__all__ = [
    "ADDRESS_CHANGE", "INVITATION", "PASSWORD_RESET", "Account", "address_change_by", "address_change_of",
    "address_change_state", "administrator", "administrators_of", "agencies_of", "audiences_of", "bearer_of",
    "calendar_hash", "came_from", "contact_of", "electronic_firms", "firms_like", "holder_of", "holder_of_certificate",
    "known_agencies", "known_carriers", "known_firms", "lands_of", "logins_of", "logins_with", "may_enter",
    "may_log_in", "may_use_software", "may_work", "meant_by", "parent_of", "password_state", "reader_of_calendar",
    "readers_in", "readers_of", "row_of", "served_by_software", "software_user", "staff", "still_readers",
    "token_expiry", "token_hash", "unused_login_id", "user", "users_by_login", "users_of", "uses_software",
    "visible_to", "visitor",
]  # fmt: skip
