"""Lead cases from their notice to their end."""

from vermittlerpost.cases.actions.advancing import advance_due
from vermittlerpost.cases.actions.answering import answer
from vermittlerpost.cases.actions.asking import ask
from vermittlerpost.cases.actions.cancelling import approve, decline, propose
from vermittlerpost.cases.actions.clearing import Placement, clear
from vermittlerpost.cases.actions.ending import Ending, end
from vermittlerpost.cases.actions.erasing import erase, hold_legally, release_legally
from vermittlerpost.cases.actions.halting import go_on, halt
from vermittlerpost.cases.actions.holding import hold, resume
from vermittlerpost.cases.actions.inquiring import inquire
from vermittlerpost.cases.actions.opening import Opening, open_cases
from vermittlerpost.cases.actions.pausing import pause
from vermittlerpost.cases.actions.plates import NewPlate, add_plate, change_plates
from vermittlerpost.cases.actions.proving import note_evidence
from vermittlerpost.cases.actions.reopening import close, reopen
from vermittlerpost.cases.actions.repeating import remind_again
from vermittlerpost.cases.actions.rerouting import reroute
from vermittlerpost.cases.actions.retrying import retry
from vermittlerpost.cases.actions.settling import revoke_cancellation, uphold_cancellation, withdraw_cancellation
from vermittlerpost.cases.actions.transferring import Move, transfer, transfer_due, withdraw_transfer

__all__ = [
    "Ending", "Move", "NewPlate", "Opening", "Placement", "add_plate", "advance_due", "answer", "approve", "ask",
    "change_plates", "clear", "close", "decline", "end", "erase", "go_on", "halt", "hold", "hold_legally",
    "inquire", "note_evidence", "open_cases", "pause", "propose", "release_legally", "remind_again", "reopen",
    "reroute", "resume", "retry", "revoke_cancellation", "transfer", "transfer_due", "uphold_cancellation",
    "withdraw_cancellation", "withdraw_transfer",
]  # fmt: skip
