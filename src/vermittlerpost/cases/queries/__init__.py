"""Ask about cases."""

from vermittlerpost.cases.queries.erasure import closed_before, legally_held, to_be_erased
from vermittlerpost.cases.queries.figures import AGES, Ages, answered_after, open_by_age
from vermittlerpost.cases.queries.following import (
    inquiries_of,
    latest_pause,
    next_step,
    next_steps,
    pauses_of,
)
from vermittlerpost.cases.queries.halts import halt_in_force, halt_notice
from vermittlerpost.cases.queries.listing import (
    OPEN,
    Place,
    newest,
    open_by_state,
    title_of_state,
    titles_of_states,
)
from vermittlerpost.cases.queries.matching import (
    case_of_message,
    messages_of,
    occupants_of,
    plates_of,
    resembling,
)
from vermittlerpost.cases.queries.processes import UnfitProcess, drafted, flaws, flaws_of, source_of, written
from vermittlerpost.cases.queries.searching import found
from vermittlerpost.cases.queries.switching import Running, Switch, Waiting, line_of, running, switch
from vermittlerpost.cases.queries.transfers import holders_of, open_at, transfers_ahead, transfers_ended
from vermittlerpost.cases.queries.worklists import (
    Planned,
    answered_cancellations,
    cancellations_of,
    cancelled,
    clarifications,
    due,
    everything,
    open_inquiries,
    planned,
    proposable,
    proposed_cancellations,
    scope_of,
    stuck,
    undecided_cancellations,
    visible_to,
    works_on,
)

__all__ = [
    "AGES", "OPEN", "Ages", "Place", "Planned", "Running", "Switch", "UnfitProcess", "Waiting",
    "answered_after", "answered_cancellations", "cancellations_of", "cancelled", "case_of_message",
    "clarifications", "closed_before", "drafted", "due", "everything", "flaws", "flaws_of", "found",
    "halt_in_force", "halt_notice", "holders_of", "inquiries_of", "latest_pause", "legally_held",
    "line_of", "messages_of", "newest",
    "next_step", "next_steps", "occupants_of", "open_at", "open_by_age", "open_by_state", "open_inquiries",
    "pauses_of", "planned", "plates_of", "proposable", "proposed_cancellations", "resembling", "running",
    "scope_of", "source_of", "stuck", "switch", "title_of_state", "titles_of_states", "to_be_erased",
    "transfers_ahead", "transfers_ended", "undecided_cancellations", "visible_to", "works_on", "written",
]  # fmt: skip
