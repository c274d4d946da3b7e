"""Tell people, as they and the rules want it."""

from vermittlerpost.notifications.actions.announcing import announce, reannounce
from vermittlerpost.notifications.actions.posting import doubt_abandoned, post
from vermittlerpost.notifications.actions.preferring import Choice, put_preferences
from vermittlerpost.notifications.actions.settling import retry, settle
from vermittlerpost.notifications.actions.suppressing import restore, suppress
from vermittlerpost.notifications.actions.withdrawing import withdraw

__all__ = [
    "Choice",
    "announce",
    "doubt_abandoned",
    "post",
    "put_preferences",
    "reannounce",
    "restore",
    "retry",
    "settle",
    "suppress",
    "withdraw",
]
