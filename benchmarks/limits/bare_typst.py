"""Typst and nothing else: the same letters, their documents written beforehand, their PDFs thrown away."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from vermittlerpost.letters import queries as letters
from vermittlerpost.letters import rendering
from vermittlerpost.lib import pdf

_jobs: list[Callable[[], bytes]] = []


def load(letter_ids: Sequence[str]) -> None:
    """Write down what Typst is given for each of these letters."""
    _jobs.clear()
    for facts in letters.facts_of(letter_ids):
        with _overheard() as calls:
            rendering.render(facts)
        _jobs.append(calls[-1])


def set_all() -> int:
    """Let Typst set all that was loaded, and return how many letters that were."""
    for job in _jobs:
        job()
    return len(_jobs)


@contextmanager
def _overheard() -> Iterator[list[Callable[[], bytes]]]:
    """Keep each call of the press, so that it can be made again."""
    calls: list[Callable[[], bytes]] = []
    typeset = pdf.Press.typeset

    def listening(press: pdf.Press, *arguments: Any, **options: Any) -> bytes:
        calls.append(partial(typeset, press, *arguments, **options))
        return calls[-1]()

    pdf.Press.typeset = listening  # type: ignore[method-assign, assignment]
    try:
        yield calls
    finally:
        pdf.Press.typeset = typeset  # type: ignore[method-assign]
