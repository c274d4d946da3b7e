"""Tell people, as they and the rules want it."""

from vermittlerpost.notifications.actions.announcing import announce, reannounce
from vermittlerpost.notifications.actions.bouncing import note_bounce
from vermittlerpost.notifications.actions.choosing import (
    ChosenMeanwhile,
    NotYourChoice,
    UnfitException,
    choose,
    may_choose,
)
from vermittlerpost.notifications.actions.erasing import erase_addresses, erase_suppressions
from vermittlerpost.notifications.actions.keeping import LastReader, keep_readers
from vermittlerpost.notifications.actions.messaging import forget_contents, send_message
from vermittlerpost.notifications.actions.posting import doubt_abandoned, post
from vermittlerpost.notifications.actions.preferring import Choice, put_preferences
from vermittlerpost.notifications.actions.previewing import preview
from vermittlerpost.notifications.actions.settling import retry, settle
from vermittlerpost.notifications.actions.suppressing import restore, suppress
from vermittlerpost.notifications.actions.watching import watch_coverage
from vermittlerpost.notifications.actions.withdrawing import withdraw

__all__ = [
    "Choice",
    "ChosenMeanwhile",
    "LastReader",
    "NotYourChoice",
    "UnfitException",
    "announce",
    "choose",
    "doubt_abandoned",
    "erase_addresses",
    "erase_suppressions",
    "forget_contents",
    "keep_readers",
    "may_choose",
    "note_bounce",
    "post",
    "preview",
    "put_preferences",
    "reannounce",
    "restore",
    "retry",
    "send_message",
    "settle",
    "suppress",
    "watch_coverage",
    "withdraw",
]
