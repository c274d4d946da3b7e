"""Ask what came in, and gather what may concern new messages."""

from vermittlerpost.intake.queries.candidates import (
    Candidate,
    TakenBack,
    candidates_of,
    cases_meant,
    related_cases,
    taken_back_by,
)
from vermittlerpost.intake.queries.confirmations import confirmations
from vermittlerpost.intake.queries.gathering import Message, Surroundings, surroundings
from vermittlerpost.intake.queries.worklists import (
    application_about,
    applications_to_clear,
    refused_in,
    refused_rows,
    to_clear,
    unmatched,
    without_case,
)

__all__ = [
    "Candidate", "Message", "Surroundings", "TakenBack", "application_about", "applications_to_clear", "candidates_of",
    "cases_meant", "confirmations", "refused_in", "refused_rows", "related_cases", "surroundings", "taken_back_by",
    "to_clear", "unmatched", "without_case",
]  # fmt: skip
