"""Ask about cases."""

from vermittlerpost.cases.queries.erasure import closed_before, legally_held, to_be_erased
from vermittlerpost.cases.queries.figures import (
    AGES,
    Ages,
    Avoided,
    Wait,
    answered_after,
    avoided_cancellations,
    days_to_application,
    open_by_age,
)
from vermittlerpost.cases.queries.following import (
    inquiries_of,
    latest_pause,
    next_step,
    next_steps,
    open_question,
    pauses_of,
    times_told,
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
    changed_by,
    messages_of,
    occupants_of,
    plates_of,
    resembling,
)
from vermittlerpost.cases.queries.processes import UnfitProcess, drafted, flaws, flaws_of, source_of, written
from vermittlerpost.cases.queries.searching import Sought, found, found_in_scope
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
    standing_cancellation,
    stuck,
    undecided_cancellations,
    visible_to,
    works_on,
)

__all__ = [
    "AGES", "OPEN", "Ages", "Avoided", "Place", "Planned", "Running", "Sought", "Switch", "UnfitProcess", "Wait",
    "Waiting", "answered_after", "answered_cancellations", "avoided_cancellations", "cancellations_of", "cancelled",
    "case_of_message", "changed_by", "clarifications", "closed_before", "days_to_application", "drafted", "due",
    "everything", "flaws", "flaws_of", "found", "found_in_scope", "halt_in_force", "halt_notice", "holders_of",
    "inquiries_of", "latest_pause", "legally_held", "line_of", "messages_of", "newest", "next_step", "next_steps",
    "occupants_of", "open_at", "open_by_age", "open_by_state", "open_inquiries", "open_question", "pauses_of",
    "planned", "plates_of", "proposable", "proposed_cancellations", "resembling", "running", "scope_of", "source_of",
    "standing_cancellation", "stuck", "switch", "times_told", "title_of_state", "titles_of_states", "to_be_erased",
    "transfers_ahead", "transfers_ended", "undecided_cancellations", "visible_to", "works_on", "written",
]  # fmt: skip
