"""Every catalogue of the house with its entries."""

from collections.abc import Mapping
from typing import Protocol

from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.transports import TRANSPORTS


class _Titled(Protocol):
    @property
    def title(self) -> str: ...


_CATALOGUES: Mapping[str, Mapping[str, _Titled]] = {
    "Schreiben": KINDS,
    "Kategorien": CATEGORIES,
    "Nachrichten": MESSAGES,
    "Versandwege": CHANNELS,
    "Fristen": COUNTINGS,
    "Prozesse": PROCESSES,
    "Formate": FORMATS,
    "Mailwege": TRANSPORTS,
}


def all_of_them() -> list[dict[str, str]]:
    """Return every entry with its catalogue, code and German title."""
    return [
        {"catalogue": catalogue, "entry": code, "title": entry.title}
        for catalogue, entries in _CATALOGUES.items()
        for code, entry in sorted(entries.items())
    ]
