"""What arrives when: masters at once, messages in the order of their receipt."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.reading import read, recognise
from vermittlerpost.intake.reading.results import Accepted
from vermittlerpost.interfaces.ops.simulation.ways import Files, Way
from vermittlerpost.lib import clock
from vermittlerpost.lib.sequences import batched

_MESSAGES = (NoticeRow, ApplicationRow, DocumentRow)
_ROWS_AT_ONCE = 1000


class Arrivals:
    """The files of a world; messages wait here until their moment has come."""

    def __init__(self, world: Path, way: Way | None = None) -> None:
        self._paths = sorted(
            (path for path in world.iterdir() if recognise(path)), key=lambda path: (_order(path), path.name)
        )
        self._way: Way = way or Files()
        self._waiting: deque[Accepted] = deque()

    @property
    def files(self) -> Sequence[Path]:
        """Return the files that will be fed, masters first."""
        return self._paths

    def feed_masters(self, *, by: str) -> list[intake.Report]:
        """Feed everything that is no message."""
        return [self._way.feed(path, by=by) for path in self._paths if not _holds_messages(path)]

    def read_messages(self) -> None:
        """Read all messages and keep their refusals; none is taken yet."""
        messages: list[Accepted] = []
        for path in filter(_holds_messages, self._paths):
            self._way.begin(path)
            for part in batched(read(path), _ROWS_AT_ONCE):
                self._way.keep(path, [outcome for outcome in part if not isinstance(outcome, Accepted)])
                messages += [outcome for outcome in part if isinstance(outcome, Accepted)]
        self._waiting.extend(sorted(messages, key=_turn))

    def take_before(self, moment: datetime, *, by: str) -> None:
        """Take the messages that were received before a moment, with the clock at the last one's receipt."""
        for part in batched(self._due(moment), _ROWS_AT_ONCE):
            with clock.turned_to(_turn(part[-1])[0]):
                self._way.take(part, by=by)

    def close(self, *, by: str) -> list[intake.Report]:
        """Return what became of the files of messages."""
        return self._way.close(by=by)

    def _due(self, moment: datetime) -> Iterator[Accepted]:
        while self._waiting and _turn(self._waiting[0])[0] < moment:
            yield self._waiting.popleft()


def _order(path: Path) -> int:
    form = recognise(path)
    return form.order if form else 0


def _holds_messages(path: Path) -> bool:
    form = recognise(path)
    return form is not None and form.row in _MESSAGES


def _turn(arrival: Accepted) -> tuple[datetime, int, str]:
    row = arrival.values
    if isinstance(row, NoticeRow):
        return row.received_at, 0, row.message_id
    if isinstance(row, ApplicationRow):
        return row.received_at, 1, row.application_id
    if isinstance(row, DocumentRow):
        return row.received_at, 2, row.document_id
    raise TypeError(f"{arrival.file} holds no messages.")
