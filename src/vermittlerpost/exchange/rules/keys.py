"""API keys: what each scope opens, and how a key is written."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

_SPELLED = re.compile(r"vp_([0-9A-Z]{8})_([A-Za-z0-9_-]{43})")
_HOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Scope(StrEnum):
    """What the holder of a key may do; nothing follows from anything else."""

    FEED_NOTICES = "feed.notices"
    FEED_EVB = "feed.evb"
    FEED_APPLICATIONS = "feed.applications"
    FEED_DOCUMENTS = "feed.documents"
    FEED_MASTERS = "feed.masters"
    FEED_POST = "feed.post"
    READ_CASES = "read.cases"
    READ_LETTERS = "read.letters"
    READ_RECEIPTS = "read.receipts"
    READ_DECISIONS = "read.decisions"
    WEBHOOKS = "webhooks"
    BOUNCES = "bounces"

    @property
    def opens(self) -> str:
        """Return what it opens, in German."""
        return _OPENS[self]


_OPENS = {
    Scope.FEED_NOTICES: "Zulassungsmitteilungen einliefern",
    Scope.FEED_EVB: "eVB-Bestätigungen einliefern",
    Scope.FEED_APPLICATIONS: "Anträge einliefern",
    Scope.FEED_DOCUMENTS: "Dokumente und Ereignisse einliefern",
    Scope.FEED_MASTERS: "Stammdaten einliefern: Risikoträger, Firmen, Agenturen, Benutzer, Einstellungen",
    Scope.FEED_POST: "Quittungen der Druckerei und Rückläufer einliefern",
    Scope.READ_CASES: "Vorgänge lesen",
    Scope.READ_LETTERS: "Schreiben und ihre PDFs lesen",
    Scope.READ_RECEIPTS: "Empfangsnachweise lesen",
    Scope.READ_DECISIONS: "Benachrichtigungsentscheidungen lesen",
    Scope.WEBHOOKS: "Webhooks einrichten und nachsehen",
    Scope.BOUNCES: "Unzustellbare E-Mails melden",
}


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A system that has shown a key of its own; `name` stays the same when its keys are renewed."""

    name: str
    key: str
    scopes: frozenset[str]

    @property
    def actor(self) -> str:
        """Return by whom things are done that it does."""
        return f"api:{self.name}"


def is_holder(name: str) -> bool:
    """Tell whether a system may be called so: up to 40 small letters, digits and hyphens."""
    return _HOLDER.fullmatch(name) is not None


def spelled(key: str, secret: str) -> str:
    """Return a key as its holder keeps it: a mark that scanners for secrets know again, its id, its secret."""
    return f"vp_{key}_{secret}"


def parts_of(text: str) -> tuple[str, str] | None:
    """Return id and secret of a key as it is written; None for a text that is none."""
    found = _SPELLED.fullmatch(text)
    return (found[1], found[2]) if found else None


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 bits of chance, so that nothing slower than SHA-256 is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
