"""How what arrives comes in: as files; whoever wants to show that another door does the same brings his own way."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.reading.results import Accepted, Doubt, Refusal


class Way(Protocol):
    """A way in: files of masters as a whole, messages of perhaps several files when their moment has come."""

    def feed(self, path: Path, *, by: str) -> intake.Report:
        """Feed a file of masters."""
        ...

    def begin(self, path: Path) -> None:
        """Begin with a file of messages; none is taken yet."""
        ...

    def keep(self, path: Path, remarks: Sequence[Refusal | Doubt]) -> None:
        """Keep what was wrong with rows of a file of messages."""
        ...

    def take(self, messages: Sequence[Accepted], *, by: str) -> None:
        """Take messages, which come in the order of their receipt."""
        ...

    def close(self, *, by: str) -> list[intake.Report]:
        """Return what became of the files of messages."""
        ...


class Files:
    """Feed files as `import` does, but for messages, which are taken in their turn."""

    def __init__(self) -> None:
        self._feedings: dict[str, intake.Feeding] = {}

    def feed(self, path: Path, *, by: str) -> intake.Report:
        """Feed a file."""
        return intake.feed(path, by=by)

    def begin(self, path: Path) -> None:
        """Begin with a file of messages."""
        self._feedings[path.name] = intake.Feeding(path)

    def keep(self, path: Path, remarks: Sequence[Refusal | Doubt]) -> None:
        """Keep what was wrong with rows."""
        self._feedings[path.name].keep(remarks)

    def take(self, messages: Sequence[Accepted], *, by: str) -> None:
        """Take messages."""
        intake.take(messages, self._feedings, by=by)

    def close(self, *, by: str) -> list[intake.Report]:
        """Return what became of the files of messages."""
        return [feeding.close(by=by) for feeding in self._feedings.values()]
