"""Ask whether the steps of all cases are halted."""

from vermittlerpost.cases import rules
from vermittlerpost.cases.models import Halt
from vermittlerpost.lib import clock


def halt_in_force() -> Halt | None:
    """Return the halt that keeps every case from its steps today, None if there is none or its last day has passed."""
    halt = Halt.objects.order_by("-id").first()
    return halt if halt and (halt.until is None or halt.until >= clock.today()) else None


def halt_notice() -> str:
    """Return what those who run the house must not overlook while steps are halted; nothing while they are taken."""
    halt = halt_in_force()
    return rules.told_of_halt(clock.german_day(halt.since), halt.until, halt.reason, halt.by) if halt else ""
