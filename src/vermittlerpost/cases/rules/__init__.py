"""What follows in a case: its states, the steps of a process, and the days on which they fall."""

from vermittlerpost.cases.rules.crossing import TAKES_BACK, crossed
from vermittlerpost.cases.rules.halts import told_of_halt
from vermittlerpost.cases.rules.identity import case_id
from vermittlerpost.cases.rules.linting import Flaw, Said, Specimen, flaws
from vermittlerpost.cases.rules.prospects import (
    ANSWERED_LATE,
    AT_REST,
    HALTED,
    PREVENTED_BY,
    STUCK,
    NextStep,
    ahead,
    latest_pause,
    resting_until,
)
from vermittlerpost.cases.rules.repeating import Repeat, repeat_last
from vermittlerpost.cases.rules.stages import Stage, stages
from vermittlerpost.cases.rules.states import (
    ANSWER_DAYS,
    ASKED,
    ASKS,
    LETTERS_BEFORE_CANCELLATION,
    ON_ITS_WAY,
    PROMISED,
    QUESTIONED,
    STATE_TITLES,
    Clarification,
    CloseReason,
    Settlement,
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
    "ANSWERED_LATE", "ANSWER_DAYS", "ASKED", "ASKS", "AT_REST", "HALTED", "LAENDER", "LETTERS_BEFORE_CANCELLATION",
    "ON_ITS_WAY", "PREVENTED_BY", "PROMISED", "QUESTIONED", "STATE_TITLES", "STEPS_FROM", "STUCK", "TAKES_BACK",
    "Clarification", "CloseReason", "Counting", "Flaw", "NextStep", "Party", "Process", "Repeat", "Said", "Schedule",
    "Settlement", "Specimen", "Stage", "State", "Step", "Subject", "after_hold", "ahead", "case_id", "crossed",
    "first_step_on", "flaws", "latest_pause", "next_after", "repeat_last", "resting_until", "schedule", "stages",
    "told_of_halt",
]  # fmt: skip
