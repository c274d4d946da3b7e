"""The watched folder: complete files are fed in their order and laid into done/ or refused/ with their result."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops.inbox.folder import Inbox
from vermittlerpost.interfaces.ops.inbox.results import Result, counted, remarked, result_of
from vermittlerpost.lib.locks import alone

__all__ = ["Inbox", "Result", "counted", "remarked", "result_of", "sweep"]


def sweep(folder: Path, *, settled: timedelta) -> list[Result]:
    """Feed every file that nobody has touched for `settled`, and return what became of each.

    One process at a time looks after a folder; the others find nothing to do. Whoever dies loses and doubles nothing:
    what he had in his hands is fed again, and its rows are known. Refuses a folder that does not exist.
    """
    inbox = Inbox(folder)
    inbox.furnish()
    with alone(f"inbox:{inbox.path}") as is_mine:
        return list(_work_off(inbox, settled)) if is_mine else []


def _work_off(inbox: Inbox, settled: timedelta) -> Iterator[Result]:
    for path in inbox.in_hand():
        yield from _finish(inbox, path)
    for path in inbox.complete(settled):
        yield from _finish(inbox, inbox.take(path))


def _finish(inbox: Inbox, path: Path) -> Iterator[Result]:
    """Feed a file in hand and lay it down; one that somebody wrote on meanwhile stays for the next time."""
    result = inbox.draft_of(path)
    if result is None:
        before = path.stat().st_size
        result = result_of(intake.feed(path, by=f"file:{path.name}"))
        if path.stat().st_size != before:
            return
        inbox.keep_draft(path, result)
    inbox.lay_down(path, result)
    yield result
