"""Where the files of a watched folder lie, from their arrival until they are laid down."""

import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

from vermittlerpost.intake.reading import turn
from vermittlerpost.interfaces.ops.inbox.results import DONE, REFUSED, Result
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.storage import Folder

_UNFINISHED = {".part", ".partial", ".tmp", ".filepart"}
"""What senders call a file as long as they write it."""
_LONGEST_STEM = 120
"""So many bytes of a name are kept: results and drafts bear longer ones."""


class NoInbox(Refused):
    """The folder does not exist, or is none."""

    code = "no_inbox"


class Inbox:
    """A folder in which files arrive; `working/` holds the one in hand, hidden files are nobody's business."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._working = self.path / "working"

    def furnish(self) -> None:
        """Make the folders within; refuses a folder that does not exist, which may be a drive that is not there."""
        if not self.path.is_dir():
            raise NoInbox("Den Eingangsordner {folder} gibt es nicht.", folder=str(self.path))
        for folder in (self._working, self.path / DONE, self.path / REFUSED):
            folder.mkdir(exist_ok=True)

    def waiting(self) -> list[Path]:
        """Return the files that have arrived, in feeding order, whether or not they are complete."""
        return _files(self.path)

    def older_than(self, age: timedelta) -> list[str]:
        """Return the names of what has been lying for so long: not taken, or not ours to read."""
        self.furnish()
        until = _now_in(self._working) - age.total_seconds()
        files = [path for path in self.path.iterdir() if path.is_file() and not path.name.startswith(".")]
        return sorted(path.name for path in files if _touched(path) <= until)

    def forget(self, age: timedelta) -> int:
        """Remove what was laid down so long ago, with its personal data, and return how many files that were."""
        until = _now_in(self._working) - age.total_seconds()
        down = [path for place in (DONE, REFUSED) for path in (self.path / place).iterdir()]
        old = [path for path in down if _touched(path) <= until]
        for path in old:
            path.unlink()
        return len(old)

    def in_hand(self) -> list[Path]:
        """Return what a dead process had in its hands, and forget drafts of results whose file lies in its place."""
        files = _files(self._working)
        kept = {_draft(path) for path in files}
        for draft in self._working.glob(".*.json"):
            if draft not in kept:
                draft.unlink()
        return files

    def complete(self, settled: timedelta) -> list[Path]:
        """Return the files that nobody has touched for so long, in feeding order.

        What comes after one that is still being written waits for it, so that an application is not fed before its
        confirmation. The clock is that of the machine on which the folder lies.
        """
        until = _now_in(self._working) - settled.total_seconds()
        return list(takewhile(lambda path: _touched(path) <= until, self.waiting()))

    def take(self, path: Path) -> Path:
        """Take a file in hand, so that its sender may use its name again."""
        stem = path.stem.encode("utf-8", "replace")[:_LONGEST_STEM].decode(errors="ignore")
        return path.rename(self._working / f"{stem}{path.suffix.encode('utf-8', 'replace').decode()}")

    def draft_of(self, path: Path) -> Result | None:
        """Return the result of a file in hand, if it was fed and only not laid down."""
        draft = _draft(path)
        return Result.from_json(draft.read_bytes()) if draft.exists() else None

    def keep_draft(self, path: Path, result: Result) -> None:
        """Note durably that a file in hand was fed, and with what result."""
        Folder(self._working).write(_draft(path).name, result.to_json())

    def lay_down(self, path: Path, result: Result) -> None:
        """Lay a file into its place with its result beside it, as JSON and in German; what lies there may stay."""
        place = Folder(self.path / result.place)
        place.write(f"{result.name}.report.json", result.to_json())
        place.write(f"{result.name}.report.txt", result.in_words().encode())
        path.rename(place.path / result.name)
        _draft(path).unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")


def _files(folder: Path) -> list[Path]:
    return sorted(_ours(folder.iterdir()), key=turn)


def _ours(paths: Iterable[Path]) -> Iterable[Path]:
    """Pass over what is no file, hidden, unfinished, or not ours to read; a link may lead anywhere."""
    for path in paths:
        is_meant = not path.name.startswith(".") and path.suffix.lower() not in _UNFINISHED
        if is_meant and path.is_file() and not path.is_symlink() and os.access(path, os.R_OK):
            yield path


def _touched(path: Path) -> float:
    # Of the last write or renaming: unlike the time of modification, no sender sets it.
    try:
        return path.stat().st_ctime
    except FileNotFoundError:
        return float("inf")  # taken back by its sender; the next look will tell


def _now_in(folder: Path) -> float:
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".") as probe:
        return Path(probe.name).stat().st_ctime
