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
from vermittlerpost.notifications.queries.mails import (
    addresses_told,
    mails_of,
    mails_per_day,
    sent,
    suppressed,
    suppression_of,
    suppressions,
    to_settle,
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
from vermittlerpost.notifications.queries.unreached import Unreached, unreached
from vermittlerpost.notifications.queries.wishes import document_categories, preference_of, preferences

__all__ = [
    "ORDER",
    "WATCHED",
    "WINDOW",
    "Day",
    "Effect",
    "Gap",
    "Ground",
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
    "latest_decisions",
    "mails_of",
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
    "unreached",
    "waiting",
    "would_be_mailed",
]
