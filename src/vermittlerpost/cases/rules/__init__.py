"""What follows in a case: its states, the steps of a process, and the days on which they fall."""

from vermittlerpost.cases.rules.prospects import (
    AT_REST,
    PREVENTED_BY,
    STUCK,
    NextStep,
    ahead,
    latest_pause,
    resting_until,
)
from vermittlerpost.cases.rules.states import (
    ANSWER_DAYS,
    ASKED,
    LETTERS_BEFORE_CANCELLATION,
    ON_ITS_WAY,
    STATE_TITLES,
    Clarification,
    CloseReason,
    State,
    Subject,
)
from vermittlerpost.cases.rules.steps import (
    LAENDER,
    STEPS_FROM,
    Counting,
    Party,
    Process,
    Schedule,
    Step,
    after_hold,
    first_step_on,
    next_after,
    schedule,
)

__all__ = [
    "ANSWER_DAYS", "ASKED", "AT_REST", "LAENDER", "LETTERS_BEFORE_CANCELLATION", "ON_ITS_WAY", "PREVENTED_BY",
    "STATE_TITLES", "STEPS_FROM", "STUCK", "Clarification", "CloseReason", "Counting", "NextStep", "Party",
    "Process", "Schedule", "State", "Step", "Subject", "after_hold", "ahead", "first_step_on", "latest_pause",
    "next_after", "resting_until", "schedule",
]  # fmt: skip
