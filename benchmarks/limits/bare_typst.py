"""Typst and nothing else: the same letters, their documents written beforehand, their PDFs thrown away."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from vermittlerpost.letters import queries as letters
from vermittlerpost.letters import rendering
from vermittlerpost.lib import pdf

_jobs: list[Callable[[], bytes]] = []
_ONE_PAGE = b"1 0 obj\n<</Type/Pages/Count 1"


def load(letter_ids: Sequence[str]) -> None:
    """Write down what Typst is given for each of these letters."""
    with _overheard() as calls:
        for facts in letters.facts_of(letter_ids):
            rendering.render(facts)
    _jobs[:] = calls


def set_all() -> int:
    """Let Typst set all that was loaded, and return how many letters that were."""
    for job in _jobs:
        job()
    return len(_jobs)


@contextmanager
def _overheard() -> Iterator[list[Callable[[], bytes]]]:
    """Keep each call of the press instead of making it; whoever asks is told that it was a page."""
    calls: list[Callable[[], bytes]] = []
    typeset = pdf.Press.typeset

    def listening(press: pdf.Press, *arguments: Any, **options: Any) -> bytes:
        calls.append(partial(typeset, press, *arguments, **options))
        return _ONE_PAGE

    pdf.Press.typeset = listening  # type: ignore[method-assign, assignment]
    try:
        yield calls
    finally:
        pdf.Press.typeset = typeset  # type: ignore[method-assign]
