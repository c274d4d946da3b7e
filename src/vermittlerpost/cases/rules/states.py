"""The states of a case, and the reasons why cases wait, are asked about, and end."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """The states that every process shares; the ones between are named by its steps."""

    GRACE = "grace"
    CLARIFICATION = "clarification"
    CANCELLATION_PROPOSED = "cancellation_proposed"
    CANCELLED = "cancelled"
    CLOSED = "closed"


ON_ITS_WAY = "Antrag ist unterwegs"
ASKED = "Rückfrage der Agentur"
QUESTIONED = "Rückfrage an die Agentur"
PROMISED = frozenset({ON_ITS_WAY, ASKED, QUESTIONED})
"""Why cases rest at an agency's word, or for it: of these it was told until when nothing happens."""
ASKS = "inquiry"
"""The kind of letter in which a person asks (with a due date) or answers (without)."""

STATE_TITLES: Mapping[str, str] = {
    State.GRACE.value: "Antrag wird abgewartet",
    State.CLARIFICATION.value: "In Klärung beim Versicherer",
    State.CANCELLED.value: "Vorläufige Deckung gekündigt",
    State.CLOSED.value: "Erledigt",
}

ANSWER_DAYS = 7
"""How long an agency has to answer the news of a cancellation: less than the two weeks after which, at the earliest,
it takes effect (§ 52 (4) VVG). Nobody publishes such a period; settle it before going live."""

LETTERS_BEFORE_CANCELLATION = 2
"""Nothing is cancelled of which the agency was not told twice: the request and a reminder at least."""


class CloseReason(StrEnum):
    """Why a case ended."""

    APPLICATION = "application"
    OTHER_INSURER = "other_insurer"
    DEREGISTRATION = "deregistration"
    WITHDRAWN = "withdrawn"
    BY_HAND = "by_hand"

    @property
    def words(self) -> str:
        """Return the reason in German."""
        return _CLOSE_WORDS[self]


_CLOSE_WORDS = {
    CloseReason.APPLICATION: "Antrag eingegangen",
    CloseReason.OTHER_INSURER: "anderer Versicherer bestätigt",
    CloseReason.DEREGISTRATION: "Fahrzeug außer Betrieb gesetzt",
    CloseReason.WITHDRAWN: "Mitteilung zurückgenommen",
    CloseReason.BY_HAND: "vom Versicherer beendet",
}


class Settlement(StrEnum):
    """What becomes of a cancellation after which an application came, or that should not have been."""

    COVER_STAYS = "cover_stays"
    NEW_CONTRACT = "new_contract"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        """Return the decision in German."""
        return _SETTLEMENT_WORDS[self]


_SETTLEMENT_WORDS = {
    Settlement.COVER_STAYS: "Deckung bleibt",
    Settlement.NEW_CONTRACT: "neuer Vertrag",
    Settlement.REVOKED: "Kündigung zurückgenommen",
}


class Subject(StrEnum):
    """What an agency says is not right."""

    VEHICLE_NOT_OURS = "vehicle_not_ours"
    WRONG_AGENCY = "wrong_agency"
    SOLD = "sold"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the subject in German."""
        return _SUBJECT_WORDS[self]


_SUBJECT_WORDS = {
    Subject.VEHICLE_NOT_OURS: "Fahrzeug gehört nicht zu unserem Bestand",
    Subject.WRONG_AGENCY: "andere Agentur ist zuständig",
    Subject.SOLD: "Fahrzeug ist verkauft oder abgemeldet",
    Subject.OTHER: "anderes Anliegen",
}


class Clarification(StrEnum):
    """Why a person must look at a notice before anybody is written to."""

    EVB_UNKNOWN = "evb_unknown"
    EVB_EXPIRED = "evb_expired"
    EVB_USED_TWICE = "evb_used_twice"
    AGENCY_MISSING = "agency_missing"

    @property
    def words(self) -> str:
        """Return the reason in German."""
        return _CLARIFICATION_WORDS[self]


_CLARIFICATION_WORDS = {
    Clarification.EVB_UNKNOWN: "eVB unbekannt oder nicht genannt",
    Clarification.EVB_EXPIRED: "eVB bei der Zulassung abgelaufen",
    Clarification.EVB_USED_TWICE: "eVB zum zweiten Mal verwendet",
    Clarification.AGENCY_MISSING: "Agentur der eVB unbekannt",
}
