"""Lead cases from their notice to their end."""

from vermittlerpost.cases.actions.advancing import advance_due
from vermittlerpost.cases.actions.ending import Ending, end
from vermittlerpost.cases.actions.holding import hold, resume
from vermittlerpost.cases.actions.inquiring import inquire
from vermittlerpost.cases.actions.opening import Opening, case_id, open_cases
from vermittlerpost.cases.actions.pausing import pause
from vermittlerpost.cases.actions.plates import NewPlate, change_plates
from vermittlerpost.cases.actions.rerouting import reroute
from vermittlerpost.cases.actions.retrying import retry

__all__ = [
    "Ending", "NewPlate", "Opening", "advance_due", "case_id", "change_plates", "end", "hold", "inquire", "open_cases",
    "pause", "reroute", "resume", "retry",
]  # fmt: skip
