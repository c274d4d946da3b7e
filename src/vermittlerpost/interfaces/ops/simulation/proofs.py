"""Look whether what was promised holds: nothing doubled, nothing lost, every chain whole."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.notifications import queries as notifications

Line = Mapping[str, object]


class Broken(Exception):
    """A promise does not hold; the sentence says which."""


def lines(issued: Sequence[Line], mails: Sequence[Line], *, last_run: datetime) -> Iterator[str]:
    """Yield what was found in order; raises Broken for what is not."""
    yield _none(_doubled_letters(issued), "kein Schreiben doppelt (Vorgang, Art und Stufe)")
    yield _none(_doubled_mails(mails), "keine Mail doppelt (Schreiben und Benutzer)")
    yield _none(_in_queues(last_run), "keine Warteschlange hält zurück, was vor dem letzten Lauf kam")
    yield _none(_broken_chains(issued), "jede Journalkette der Vorgänge mit Schreiben ist lückenlos")
    printed = sum(batch.letters for batch in delivery.batches() if batch.handed_over_at)
    yield f"{printed} Schreiben in {delivery.batches().count()} Druckstapeln gedruckt und übergeben"


def _none(found: Sequence[str], promise: str) -> str:
    if found:
        raise Broken(f"Nicht erfüllt: {promise}: {', '.join(found[:5])}")
    return promise


def _doubled_letters(issued: Sequence[Line]) -> list[str]:
    seen = Counter((line["case"], line["kind"], line["level"]) for line in issued)
    return [str(key) for key, count in seen.items() if count > 1]


def _doubled_mails(mails: Sequence[Line]) -> list[str]:
    seen = Counter(
        (mail["login_id"], letter) for mail in mails if isinstance(mail["letters"], list) for letter in mail["letters"]
    )
    return [str(key) for key, count in seen.items() if count > 1]


def _in_queues(last_run: datetime) -> list[str]:
    waiting = {
        "unannounced": journal.unannounced().filter(at__lt=last_run).exists() or journal.stuck().exists(),
        "mails": notifications.waiting().exists() or notifications.to_settle().exists(),
        "print": delivery.to_print().exists(),
        "pdf": letters.stuck().exists(),
        "steps": cases.due(last_run).exists() or cases.stuck().exists(),
    }
    return [name for name, holds_something in waiting.items() if holds_something]


def _broken_chains(issued: Sequence[Line]) -> list[str]:
    subjects = sorted({str(line["case"]) for line in issued})
    return [subject for subject in subjects if journal.broken_at(subject) is not None]
