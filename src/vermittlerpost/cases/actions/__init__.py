"""Lead cases from their notice to their end."""

from vermittlerpost.cases.actions.advancing import advance_due
from vermittlerpost.cases.actions.ending import Ending, end
from vermittlerpost.cases.actions.holding import hold, resume
from vermittlerpost.cases.actions.opening import Opening, case_id, open_cases
from vermittlerpost.cases.actions.plates import NewPlate, change_plates
from vermittlerpost.cases.actions.rerouting import reroute
from vermittlerpost.cases.actions.retrying import retry

__all__ = [
    "Ending", "NewPlate", "Opening", "advance_due", "case_id", "change_plates", "end", "hold", "open_cases", "reroute",
    "resume", "retry",
]  # fmt: skip
