"""Ask about cases."""

from vermittlerpost.cases.queries.following import (
    inquiries_of,
    latest_pause,
    next_step,
    next_steps,
    pauses_of,
)
from vermittlerpost.cases.queries.listing import (
    OPEN,
    Place,
    newest,
    open_by_state,
    title_of_state,
    titles_of_states,
)
from vermittlerpost.cases.queries.matching import messages_of, occupants_of, plates_of, resembling
from vermittlerpost.cases.queries.worklists import (
    clarifications,
    due,
    everything,
    open_inquiries,
    proposed_cancellations,
    scope_of,
    stuck,
    visible_to,
)

__all__ = [
    "OPEN", "Place", "clarifications", "due", "everything", "inquiries_of", "latest_pause", "messages_of", "newest",
    "next_step", "next_steps", "occupants_of", "open_by_state", "open_inquiries", "pauses_of", "plates_of",
    "proposed_cancellations", "resembling", "scope_of", "stuck", "title_of_state", "titles_of_states", "visible_to",
]  # fmt: skip
