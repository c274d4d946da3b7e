"""Ask what came in, and gather what may concern new messages."""

from vermittlerpost.intake.queries.gathering import Message, Surroundings, surroundings
from vermittlerpost.intake.queries.worklists import (
    applications_to_clear,
    refused_rows,
    to_clear,
    unmatched,
    without_case,
)

__all__ = [
    "Message", "Surroundings", "applications_to_clear", "refused_rows", "surroundings", "to_clear", "unmatched",
    "without_case",
]  # fmt: skip
