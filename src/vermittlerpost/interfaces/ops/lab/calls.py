"""What a client asked and what it was answered: read off the wire, as an onlooker would."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from vermittlerpost.delivery.rules import Line

LOGIN, LIST, GET, ACKNOWLEDGE, OTHER = "login", "list", "get", "acknowledge", "other"
SHIPMENTS = {LIST, GET, ACKNOWLEDGE}

TRANSFER = "http://www.bipro.net/namespace/transfer"
MESSAGES = "http://www.bipro.net/namespace/nachrichten"
WIRE_NAMES = {
    LOGIN: "RequestSecurityToken",
    LIST: "listShipments",
    GET: "getShipment",
    ACKNOWLEDGE: "acknowledgeShipment",
}
_OPERATIONS = {name.lower(): operation for operation, name in WIRE_NAMES.items()}
_RIGHT_NAMES = {
    *(f"{{{TRANSFER}}}{WIRE_NAMES[operation]}" for operation in SHIPMENTS),
    *(f"{{{TRANSFER}}}{name}" for name in ("Request", "ID", "KategorieDerLieferung", "BestaetigeLieferungen")),
    *(f"{{{MESSAGES}}}{name}" for name in ("BiPROVersion", "ConsumerID")),
}

_ENVELOPE = re.compile(rb"(?:<\?xml[^>]*>\s*)?<(?:[\w.-]+:)?Envelope\b.*</(?:[\w.-]+:)?Envelope\s*>", re.DOTALL)
"""Wherever it stands: some programs wrap their requests in MTOM as well."""
_CODE = re.compile(rb"MeldungID>([0-9]{5})<")
_LISTED = re.compile(rb"<(?:[\w.-]+:)?ID>([^<]+)<")
_REFUSED = re.compile(rb"StatusID>NOK<")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request. `wrong_names` are elements that bear another name or namespace than the norm's."""

    operation: str = OTHER
    ids: tuple[str, ...] = ()
    token: str = ""
    soap_action: str | None = None
    version: str = ""
    has_consumer: bool = False
    prefixes: frozenset[str] = frozenset()
    wrong_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is sent back, whole."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Tell whether what was asked for was done."""
        return self.status.startswith("200") and not _REFUSED.search(self.body)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of its messages, the main one first."""
        return tuple(code.decode() for code in _CODE.findall(self.body))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the shipments in it."""
        return tuple(one.decode() for one in _LISTED.findall(self.body))

    def with_body(self, body: bytes) -> "Answer":
        """Return the same answer with another body, which its length fits."""
        others = tuple(pair for pair in self.headers if pair[0].lower() != "content-length")
        return Answer(status=self.status, headers=(*others, ("Content-Length", str(len(body)))), body=body)


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request with its answer; `began` and `ended` are seconds of a stopwatch."""

    asked: Asked
    began: float
    ended: float
    is_ok: bool
    codes: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    disturbance: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether the client got what it asked for, unbroken."""
        return self.is_ok and not self.disturbance.startswith("mtom_")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """All that a report is made from: the calls in their order, what there was to fetch, what was left lying."""

    today: date
    calls: tuple[Call, ...] = ()
    provided: Mapping[str, Line] = field(default_factory=dict)
    left_lying: frozenset[str] = frozenset()

    def of(self, *operations: str) -> list[Call]:
        """Return the calls of some operations."""
        return [call for call in self.calls if call.asked.operation in operations]

    def done(self, operation: str) -> list[str]:
        """Return the ids that an operation was done for, whole, in the order of the calls."""
        return [one for call in self.of(operation) if call.is_whole for one in call.asked.ids]


def asked_in(body: bytes, soap_action: str | None) -> Asked:
    """Read a request; what cannot be read asks for nothing that is known."""
    found = _ENVELOPE.search(body)
    try:
        root = etree.fromstring(found[0] if found else b"", _parser())
    except etree.XMLSyntaxError:
        return Asked(soap_action=soap_action)
    element = next(root.iterfind("{*}Body/*"), None)
    if element is None:
        return Asked(soap_action=soap_action)
    return _asked(root, element, soap_action)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _asked(root: etree._Element, element: etree._Element, soap_action: str | None) -> Asked:
    named = _by_name(element)
    operation = _operation(element, named)
    return Asked(
        operation=operation,
        ids=tuple(_texts([*named["id"], *named["lieferungsid"]])),
        token=next(_texts(root.iterfind("{*}Header//{*}SecurityContextToken/{*}Identifier")), ""),
        soap_action=soap_action,
        version=next(_texts(named["biproversion"]), ""),
        has_consumer=any(_texts(named["consumerid"])),
        prefixes=frozenset(one.prefix or "" for one in element.iter("{*}*")),
        wrong_names=tuple(_wrong_names(element)) if operation in SHIPMENTS else (),
    )


def _by_name(element: etree._Element) -> dict[str, list[etree._Element]]:
    named: dict[str, list[etree._Element]] = defaultdict(list)
    for one in element.iter("{*}*"):
        named[etree.QName(one).localname.lower()].append(one)
    return named


def _operation(element: etree._Element, named: dict[str, list[etree._Element]]) -> str:
    operation = _OPERATIONS.get(etree.QName(element).localname.lower(), OTHER)
    wanted = next(_texts(named["requesttype"]), "")
    return OTHER if operation == LOGIN and not wanted.endswith("/Issue") else operation


def _texts(elements: Iterable[etree._Element]) -> Iterator[str]:
    return (text for one in elements if (text := (one.text or "").strip()))


def _wrong_names(element: etree._Element) -> Iterator[str]:
    return (str(one.tag) for one in element.iter("{*}*") if one.tag not in _RIGHT_NAMES)
