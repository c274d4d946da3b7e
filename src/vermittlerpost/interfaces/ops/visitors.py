"""Who can look at the demo: one login of each kind, with a password that is good for nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import Audience, Reader, StaffRole
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.lib import clock

KEY = "Einblick-in-die-Post"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A login of the demo and what it shows."""

    login_id: str
    firm: str
    shows: str


def _is_clerk(reader: Reader) -> bool:
    return not (reader.administrator or reader.restricted or reader.technical)


_KINDS: dict[str, Callable[[Reader, Account], bool]] = {
    "Administrator: Benutzer, Benachrichtigungen, alles der Firma": (
        lambda reader, user: reader.administrator and not user.firm.self_service
    ),
    "Sachbearbeitung: alle Agenturen der Firma": lambda reader, user: _is_clerk(reader) and not user.firm.self_service,
    "Unteragentur: nur zugeordnete Agenturen": (
        lambda reader, user: reader.restricted and not reader.administrator and not user.firm.self_service
    ),
    "Firma mit Selbstbedienung: eigene Benachrichtigungen": (
        lambda reader, user: _is_clerk(reader) and user.firm.self_service
    ),
    "Technischer Benutzer: nur über BiPRO; im Portal wird er abgewiesen": lambda reader, _: reader.technical,
}


def invite() -> list[Visitor]:
    """Give one user of each kind the demo's password: of those who fit, the one with the most unread letters."""
    readers = [one for one in queries.readers_in(Audience.ALL, clock.today()) if one.active and one.may_view]
    users = queries.users_by_login([reader.login_id for reader in readers])
    pairs = [(reader, users[reader.login_id]) for reader in readers]
    return [_let_in(max(_fitting(pairs, fits), key=delivery.unread), shows) for shows, fits in _KINDS.items()]


_STAFF = {
    "hedda": (
        "Hedda Sachs",
        StaffRole.CASE_WORKER,
        "Sachbearbeitung im Innendienst: Klärfälle, Rückfragen, Kündigungen vorschlagen, Bestand übertragen",
    ),
    "frieder": ("Frieder Gabe", StaffRole.APPROVER, "Freigabe im Innendienst: über Kündigungen entscheidet der Zweite"),
    "paula": ("Paula Bogen", StaffRole.PRINT, "Druck im Innendienst: Druckstapel übergeben, Rückläufer"),
    "thea": ("Thea Zeile", StaffRole.EDITOR, "Redaktion im Innendienst: MaklerTicker"),
    "vera": (
        "Vera Walter",
        StaffRole.ADMINISTRATOR,
        "Administration im Innendienst: Firmen, Personen, Prozesse, gesperrte Adressen, Journal",
    ),
    "rike": ("Rike Weiß", StaffRole.AUDITOR, "Revision im Innendienst: liest alles, ändert nichts"),
}


def employ() -> list[Visitor]:
    """Give the insurer somebody in each role, with the demo's password."""
    return [_employed(login_id, *facts) for login_id, facts in _STAFF.items()]


def _employed(login_id: str, name: str, role: StaffRole, shows: str) -> Visitor:
    colleague = agencies.Colleague(login_id=login_id, name=name, email="", roles=frozenset({role}))
    agencies.create_staff(colleague, by="demo")
    return _let_in(queries.user(login_id), shows)


def _fitting(pairs: list[tuple[Reader, Account]], fits: Callable[[Reader, Account], bool]) -> Iterator[Account]:
    return (user for reader, user in pairs if fits(reader, user))


def _let_in(user: Account, shows: str) -> Visitor:
    agencies.change_password(user, KEY, by="demo")
    return Visitor(login_id=user.login_id, firm=user.firm.name, shows=shows)
