"""Rehearse a restart (B14): restore a backup aside, advance the clock, prove that every deadline is kept, once."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from vermittlerpost.cases import actions as act
from vermittlerpost.cases import events
from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import schema, scratch, wiring
from vermittlerpost.interfaces.ops.backup import restoring
from vermittlerpost.interfaces.ops.rehearsal.proofs import Day, Report, Step
from vermittlerpost.interfaces.ops.simulation import days
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters.events import ISSUED
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications.events import MAIL_SENT

_REHEARSAL = "rehearsal"


class NothingToRehearse(Refused):
    """The last day lies before the first morning after the backup."""

    code = "nothing_to_rehearse"


@contextmanager
def stage(folder: Path) -> Iterator[restoring.Restored]:
    """Restore a backup into a database and folders that are gone after the block; no mail leaves the machine."""
    with (
        tempfile.TemporaryDirectory(prefix="vermittlerpost-rehearsal-") as home,
        wiring.housed_in(Path(home)),
        scratch.server_in(Path(home) / "database"),
    ):
        found = restoring.restore(folder)
        schema.migrate()
        _let_go_on()
        yield found


def _let_go_on() -> None:
    """Lift a halt in the copy: what is rehearsed is how deadlines are kept once steps are taken again."""
    if cases.halt_in_force():
        act.go_on(by=_REHEARSAL)


def live_through(made_at: datetime, last: date) -> Report:
    """Make the run of every day from the first morning after a moment to the last day, and watch each.

    Refuses a last day before that.
    """
    first = clock.german_day(made_at)
    if days.morning_of(first) < made_at:
        first += timedelta(days=1)
    if last < first:
        raise NothingToRehearse("Der letzte Tag der Probe liegt vor dem ersten, {first}.", first=f"{first:%d.%m.%Y}")
    return Report(days=[_live(first + timedelta(days=n)) for n in range((last - first).days + 1)])


def _live(day: date) -> Day:
    morning = days.morning_of(day)
    before, number = cases.planned(), journal.last_number()
    with clock.turned_to(morning):
        days.run()
        days.make_paper()
    happened = journal.recorded_after(number)
    return Day(
        morning=morning,
        works={land: cases.works_on(day, land) for land in {one.land for one in before}},
        before={one.case: one for one in before},
        after={one.case: one for one in cases.planned()},
        steps=[Step(case=link.subject) for link in happened if link.kind == events.STEP_TAKEN.code],
        letters=[Step(case=link.subject, due_on=link.data["due_on"]) for link in happened if link.kind == ISSUED.code],
        mails=sum(link.kind == MAIL_SENT.code for link in happened),
    )
