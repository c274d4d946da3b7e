"""Ask what came in, and gather what may concern new messages."""

from vermittlerpost.intake.queries.candidates import Candidate, candidates_of, cases_meant, related_cases
from vermittlerpost.intake.queries.confirmations import confirmations
from vermittlerpost.intake.queries.gathering import Message, Surroundings, surroundings
from vermittlerpost.intake.queries.unheard import applications_unheard, signals_unheard
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
    "Candidate", "Message", "Surroundings", "application_about", "applications_to_clear", "applications_unheard",
    "candidates_of", "cases_meant", "confirmations", "refused_in", "refused_rows", "related_cases", "signals_unheard", "surroundings",
    "to_clear", "unmatched", "without_case",
]  # fmt: skip
