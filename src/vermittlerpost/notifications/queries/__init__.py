"""Ask who wants what, which mails there are, and why somebody got none."""

from vermittlerpost.notifications.queries.ahead import would_be_mailed
from vermittlerpost.notifications.queries.decisions import (
    Told,
    Verdict,
    all_decisions,
    decisions_about,
    decisions_for,
    latest_decisions,
)
from vermittlerpost.notifications.queries.effect import Effect, Preview, SettingChange, ViewChange, compare
from vermittlerpost.notifications.queries.erasure import nobodys_suppressions, still_addressed
from vermittlerpost.notifications.queries.grounds import Ground
from vermittlerpost.notifications.queries.log import Log, mails_in, untold_in
from vermittlerpost.notifications.queries.mails import (
    addresses_told,
    mails_per_day,
    sent,
    suppressed,
    suppression_of,
    suppressions,
    to_settle,
    undeliverable,
    waiting,
)
from vermittlerpost.notifications.queries.provided import WINDOW, Day, provided
from vermittlerpost.notifications.queries.standing import (
    ORDER,
    WATCHED,
    Gap,
    Member,
    Office,
    Setting,
    Standing,
    coverage,
    settings_of,
    standing,
)
from vermittlerpost.notifications.queries.unreached import Unreached, firms_to_watch, found_gaps, found_since, unreached
from vermittlerpost.notifications.queries.wishes import document_categories, preference_of, preferences, willing

__all__ = [
    "ORDER",
    "WATCHED",
    "WINDOW",
    "Day",
    "Effect",
    "Gap",
    "Ground",
    "Log",
    "Member",
    "Office",
    "Preview",
    "Setting",
    "SettingChange",
    "Standing",
    "Told",
    "Unreached",
    "Verdict",
    "ViewChange",
    "addresses_told",
    "all_decisions",
    "compare",
    "coverage",
    "decisions_about",
    "decisions_for",
    "document_categories",
    "firms_to_watch",
    "found_gaps",
    "found_since",
    "latest_decisions",
    "mails_in",
    "mails_per_day",
    "nobodys_suppressions",
    "preference_of",
    "preferences",
    "provided",
    "sent",
    "settings_of",
    "standing",
    "still_addressed",
    "suppressed",
    "suppression_of",
    "suppressions",
    "to_settle",
    "undeliverable",
    "unreached",
    "untold_in",
    "waiting",
    "willing",
    "would_be_mailed",
]
