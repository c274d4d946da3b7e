"""Change master data: who is who, whose is whose, who may what."""

from vermittlerpost.agencies.actions.agencies import put_agencies
from vermittlerpost.agencies.actions.carriers import put_carriers
from vermittlerpost.agencies.actions.firms import put_firms
from vermittlerpost.agencies.actions.users import put_users

__all__ = ["put_agencies", "put_carriers", "put_firms", "put_users"]
