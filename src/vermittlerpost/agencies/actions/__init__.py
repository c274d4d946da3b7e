"""Change master data: who is who, whose is whose, who may what."""

from vermittlerpost.agencies.actions.access import (
    NobodyToInvite,
    change_password,
    invite,
    note_recovery_codes_renewed,
    note_second_factor_added,
    note_second_factor_removed,
    offer_new_password,
    set_password,
)
from vermittlerpost.agencies.actions.addresses import (
    AddressTickets,
    SameAddress,
    ask_for_address,
    confirm_address,
    withdraw_address,
)
from vermittlerpost.agencies.actions.administration import (
    ChangedMeanwhile,
    LastAdministrator,
    LoginTaken,
    NotYourUser,
    OwnAccess,
    RowRefused,
    change_user,
    create_user,
    deactivate_user,
    reactivate_user,
    reset_second_factor,
)
from vermittlerpost.agencies.actions.agencies import put_agencies
from vermittlerpost.agencies.actions.calendar import make_calendar_key, revoke_calendar_key
from vermittlerpost.agencies.actions.carriers import put_carriers
from vermittlerpost.agencies.actions.firms import put_firms
from vermittlerpost.agencies.actions.users import put_users

__all__ = [
    "AddressTickets",
    "ChangedMeanwhile",
    "LastAdministrator",
    "LoginTaken",
    "NobodyToInvite",
    "NotYourUser",
    "OwnAccess",
    "RowRefused",
    "SameAddress",
    "ask_for_address",
    "change_password",
    "change_user",
    "confirm_address",
    "create_user",
    "deactivate_user",
    "invite",
    "make_calendar_key",
    "note_recovery_codes_renewed",
    "note_second_factor_added",
    "note_second_factor_removed",
    "offer_new_password",
    "put_agencies",
    "put_carriers",
    "put_firms",
    "put_users",
    "reactivate_user",
    "reset_second_factor",
    "revoke_calendar_key",
    "set_password",
    "withdraw_address",
]
