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
from vermittlerpost.intake.queries.feedings import (
    FedOn,
    fed_on,
    feedings,
    feedings_before,
    feedings_on,
    refused_behind,
    refused_in,
    refused_rows,
)
from vermittlerpost.intake.queries.gathering import Message, Surroundings, surroundings
from vermittlerpost.intake.queries.unheard import applications_unheard, signals_unheard
from vermittlerpost.intake.queries.worklists import (
    application_about,
    applications_to_clear,
    to_clear,
    unmatched,
    without_case,
)

__all__ = [
    "Candidate", "FedOn", "Message", "Surroundings", "TakenBack", "application_about", "applications_to_clear",
    "applications_unheard", "candidates_of", "cases_meant", "confirmations", "fed_on", "feedings", "feedings_before",
    "feedings_on", "refused_behind", "refused_in", "refused_rows", "related_cases", "signals_unheard", "surroundings",
    "taken_back_by", "to_clear", "unmatched", "without_case",
]  # fmt: skip
