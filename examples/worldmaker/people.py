"""The users of the firms, one for each letter in `Firm.users`."""

import unicodedata
from dataclasses import dataclass, replace

from worldmaker import names
from worldmaker.dice import Dice
from worldmaker.market import FIRMS, Agency, Firm, agencies_of, children_of
from worldmaker.sheets import Flaw, Row, Sheet, yes_no

KINDS = {
    "A": "administrator",
    "B": "administrator without e-mail address",
    "Z": "administrator, inactive",
    "U": "unrestricted",
    "N": "unrestricted, without view_portfolio",
    "M": "restricted, without view_portfolio",
    "R": "restricted to one agency",
    "P": "restricted to a parent with sub-agencies",
    "S": "restricted to several agencies",
    "E": "restricted, without e-mail address",
    "I": "restricted, inactive",
    "D": "restricted, with the address of a colleague",
    "T": "technical user",
}
_UNRESTRICTED = "ABZUNT"
_LOGIN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PLAIN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "đ": "d",
        "ø": "oe",
        "ə": "e",
        "þ": "th",
        "ð": "d",
    }
)
# Place, line, flaw.
_BAD = (
    (
        61,
        "vmp7wq3x;F0264;Torben Krawinkel;edv@kretzschmar-toechter.example;no;no;basic;0264200|0219100;yes",
        Flaw(column="assigned_agencies", rule="an assigned agency belongs to another firm"),
    ),
    (
        66,
        "vmpk44zd;F0264;Petra Lindqvist;petra.lindqvist@@kretzschmar;no;no;basic|view_portfolio;0264200;yes",
        Flaw(column="email", rule="malformed address"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class User:
    """A user as he stands in users.csv; `kind` is a letter of KINDS."""

    login_id: str
    firm: str
    kind: str
    name: str
    email: str
    rights: str
    assigned: tuple[str, ...] = ()

    def row(self) -> Row:
        """Return his line."""
        answers = (yes_no(when=self.kind in "ABZ"), yes_no(when=self.kind == "T"))
        lists = (self.rights, "|".join(self.assigned))
        active = yes_no(when=self.kind not in "IZ")
        return Row(cells=(self.login_id, self.firm, self.name, self.email, *answers, *lists, active))


class Office:
    """Hire the users of all firms; no name and no login id occurs twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._taken: set[str] = set()
        self.users: list[User] = []
        for firm in FIRMS.values():
            for kind in firm.users:
                self.users.append(self._hire(firm, kind))
        self._works_for_two_firms()
        self.later = self._later_rows()

    def of(self, firm: str, kind: str) -> list[User]:
        """Return the users of one kind in one firm."""
        return [user for user in self.users if user.firm == firm and user.kind == kind]

    def sheet(self) -> Sheet:
        """Return users.csv with two bad rows, and at its end the rows that replace earlier ones."""
        rows = [user.row() for user in self.users]
        for place, cells, flaw in _BAD:
            rows.insert(place, Row(cells=cells.split(";"), flaw=flaw))
        return Sheet(name="users.csv", table="users", rows=[*rows, *(user.row() for user in self.later)])

    def _hire(self, firm: Firm, kind: str) -> User:
        if kind == "T":
            name, email = f"Schnittstelle {firm.name.split()[0]}", f"edv@{firm.domain}"
        else:
            name = self._name()
            email = self._email(firm, kind, name)
        return User(
            login_id=self._login("vmt" if kind == "T" else "vmp"),
            firm=firm.id,
            kind=kind,
            name=name,
            email=email,
            rights=self._rights(kind),
            assigned=self._assigned(firm, kind),
        )

    def _name(self) -> str:
        first = self._dice.pick(self._dice.pick((names.WOMEN, names.MEN)))
        name = self._dice.pick(names.FAR_NAMES) if self._dice.chance(0.05) else ""
        return self._once(name or f"{first} {self._dice.pick(names.SURNAMES)}") or self._name()

    def _login(self, prefix: str) -> str:
        letters = "".join(self._dice.pick(_LOGIN_LETTERS) for _ in range(5))
        return self._once(prefix + letters) or self._login(prefix)

    def _once(self, thing: str) -> str:
        is_new = thing not in self._taken
        self._taken.add(thing)
        return thing if is_new else ""

    def _email(self, firm: Firm, kind: str, name: str) -> str:
        if kind in "BE":
            return ""
        if kind == "D":
            return self._shared_address(firm)
        return f"{mailbox(name)}@{firm.domain}"

    def _shared_address(self, firm: Firm) -> str:
        """Return the address of a colleague, in one firm written with a capital letter."""
        colleague = (self.of(firm.id, "R") + self.of(firm.id, "A"))[0]
        return colleague.email.capitalize() if firm.id == "F0147" else colleague.email

    def _rights(self, kind: str) -> str:
        if kind in "NM":
            return self._dice.pick(("basic", "basic|document_archive"))
        if kind == "U" and self._dice.chance(0.3):
            return "basic|view_portfolio"
        return "basic|view_portfolio|document_archive"

    def _assigned(self, firm: Firm, kind: str) -> tuple[str, ...]:
        agencies = agencies_of(firm.id)
        if kind in _UNRESTRICTED:
            return ()
        if kind == "D":
            return self._beside_colleague(firm)
        if kind == "S":
            return _numbers(self._dice.some(agencies[1:], min(2, len(agencies) - 1)))
        branches = [agency for agency in agencies if children_of(agency.number)]
        leaves = [agency for agency in agencies if agency not in branches]
        return _numbers([self._dice.pick(branches[-2:] if kind == "P" else leaves)])

    def _beside_colleague(self, firm: Firm) -> tuple[str, ...]:
        restricted = self.of(firm.id, "R")
        return restricted[0].assigned if restricted else _numbers(agencies_of(firm.id)[:1])

    def _works_for_two_firms(self) -> None:
        """Let one person work for two firms: two login ids, one address."""
        here, there = self.of("F0301", "R")[1], self.of("F0560", "R")[0]
        self.users[self.users.index(there)] = replace(there, name=here.name, email=here.email)

    def _later_rows(self) -> list[User]:
        """Restrict two users and demote two administrators: rows that replace earlier ones."""
        unset, explicit = self.of("F0118", "U")[:2]
        return [
            replace(unset, kind="R", assigned=("0118200",)),
            replace(explicit, kind="R", assigned=("0118100",)),
            replace(self.of("F0203", "A")[1], kind="U"),
            replace(self.of("F0301", "A")[2], kind="U"),
        ]


def mailbox(name: str) -> str:
    """Return a name as the local part of an address."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    letters = "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in " -"))
    return ".".join((letters.split()[0], letters.split()[-1]))


def _numbers(agencies: list[Agency]) -> tuple[str, ...]:
    return tuple(agency.number for agency in agencies)
