"""Who is whose: rows of master data, the tree of agencies, and when an agency is served electronically."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Right(StrEnum):
    """What a user may do."""

    BASIC = "basic"
    VIEW_PORTFOLIO = "view_portfolio"
    DOCUMENT_ARCHIVE = "document_archive"


class StaffRole(StrEnum):
    """What somebody of the insurer's staff does in the back office; an auditor reads everything and changes nothing."""

    CASE_WORKER = "case_worker"
    APPROVER = "approver"
    PRINT = "print"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def words(self) -> str:
        """Return what the role is called in German."""
        return _ROLE_TITLES[self]


_ROLE_TITLES = {
    StaffRole.CASE_WORKER: "Sachbearbeitung",
    StaffRole.APPROVER: "Freigabe",
    StaffRole.PRINT: "Druck",
    StaffRole.EDITOR: "Redaktion",
    StaffRole.ADMINISTRATOR: "Administration",
    StaffRole.AUDITOR: "Revision",
}

STAFF_FIRM = "innendienst"
"""The firm without agencies to which the insurer's staff belong."""


class Audience(StrEnum):
    """Whom something is meant for that belongs to no agency; `electronic` are firms with an agency served so."""

    ALL = "all"
    ELECTRONIC = "electronic"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True, kw_only=True)
class CarrierRow:
    """A carrier as its master data say."""

    code: str
    name: str
    legal_name: str
    sender_street: str
    sender_postcode: str
    sender_city: str
    process: str


@dataclass(frozen=True, kw_only=True)
class FirmRow:
    """A firm as its master data say."""

    id: str
    name: str
    self_service: bool


@dataclass(frozen=True, kw_only=True)
class AgencyRow:
    """An agency as its master data say."""

    number: str
    parent: str
    firm: str
    name: str
    street: str
    postcode: str
    city: str
    state: str
    electronic_from: date | None
    electronic_until: date | None
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True, kw_only=True)
class UserRow:
    """A user as his master data say; without assigned agencies his view is unrestricted."""

    login_id: str
    firm: str
    name: str
    email: str
    administrator: bool
    technical: bool
    rights: tuple[str, ...]
    assigned_agencies: tuple[str, ...]
    active: bool


@dataclass(frozen=True, kw_only=True)
class Contact:
    """The personal contact at the insurer (Maklerbetreuer)."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A user whose scope contains an agency, with what decides whether he is told.

    `may_view` says whether he has the right to what he would be told of.
    """

    agency: str
    user: int
    login_id: str
    address: str
    active: bool
    technical: bool
    may_view: bool
    administrator: bool
    restricted: bool


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """What a program shows instead of a password, and from when until when it holds, in whole seconds."""

    identifier: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Somebody as the insurer's identity provider knows him: `subject` is his for ever, `login_id` may change."""

    issuer: str
    subject: str
    login_id: str

    @property
    def reference(self) -> str:
        """Return what is kept of it; no issuer's address holds a blank."""
        return f"{self.issuer} {self.subject}"


# Nothing that is taken for something else when it is read out or written down: no I, L, O, 0, 1.
LOGIN_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LOGIN_PREFIX = "vmp"


def is_electronic(electronic_from: date | None, electronic_until: date | None, on: date) -> bool:
    """Tell whether an agency is served electronically on a day; both bounds are included."""
    if electronic_from is None or on < electronic_from:
        return False
    return electronic_until is None or on <= electronic_until


def lies_in_a_circle(number: str, parents: Mapping[str, str]) -> bool:
    """Tell whether following the parents from an agency leads back to one already passed."""
    passed = set()
    while number:
        if number in passed:
            return True
        passed.add(number)
        number = parents.get(number, "")
    return False
