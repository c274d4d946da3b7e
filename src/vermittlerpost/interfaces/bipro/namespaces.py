"""The XML namespaces of both norms, and the prefixes that an answer uses for them: those of the request if possible.

Programs in the field look for elements by their prefixed names; what bears another prefix than they expect they pass
over without a word.
"""

import re
from dataclasses import dataclass

from lxml import etree

BIPRO = "http://www.bipro.net/namespace"
TRANSFER = f"{BIPRO}/transfer"
NACHRICHTEN = f"{BIPRO}/nachrichten"
ALLGEMEIN = f"{BIPRO}/allgemein"
GEVO = f"{BIPRO}/gevo"
TRANSFER_GEVO = f"{BIPRO}/transfer/gevo"
TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust"
CONVERSATION = "http://schemas.xmlsoap.org/ws/2005/02/sc"
UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
MIME = "http://www.w3.org/2005/05/xmlmime"
INCLUDE = "http://www.w3.org/2004/08/xop/include"

_OURS = {"soapenv", "allg", "gevo", "xf-gevo", "xsi", "xmime", "xop", "wst", "wsc", "wsu"}
_USABLE = re.compile(r"(?!xml)[a-z_][a-z0-9_.-]{0,31}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Prefixes:
    """The prefixes of an answer for the two namespaces that are mirrored; empty for elements without a prefix."""

    transfer: str = "tran"
    nachrichten: str = "nac"

    @property
    def tran(self) -> str:
        """Return what stands before the names of the transfer namespace."""
        return f"{self.transfer}:" if self.transfer else ""

    @property
    def nac(self) -> str:
        """Return what stands before the names of the namespace of messages."""
        return f"{self.nachrichten}:" if self.nachrichten else ""

    @property
    def declared(self) -> str:
        """Return the attributes that declare the prefixes, for the envelope."""
        return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in self._pairs() if prefix)

    @property
    def default(self) -> str:
        """Return the attribute that declares the namespace without a prefix, if there is one.

        It belongs on the element in the body: further up it would cover the parts of a SOAP fault, which have none.
        """
        return "".join(f' xmlns="{uri}"' for prefix, uri in self._pairs() if not prefix)

    def _pairs(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return (self.transfer, TRANSFER), (self.nachrichten, NACHRICHTEN)


def mirrored(root: etree._Element) -> Prefixes:
    """Return the prefixes of a request; the usual ones where it has none, or such as cannot be taken over."""
    usual = Prefixes()
    found = Prefixes(
        transfer=_prefix_of(root, TRANSFER, usual.transfer),
        nachrichten=_prefix_of(root, NACHRICHTEN, usual.nachrichten),
    )
    return usual if found.transfer == found.nachrichten else found


def _prefix_of(root: etree._Element, uri: str, usual: str) -> str:
    element = next(root.iter(f"{{{uri}}}*"), None)
    prefix = _declared_prefix(root, uri, usual) if element is None else element.prefix or ""
    return prefix if not prefix or (_USABLE.fullmatch(prefix) and prefix not in _OURS) else usual


def _declared_prefix(root: etree._Element, uri: str, usual: str) -> str:
    return next((prefix for prefix, declared in root.nsmap.items() if prefix and declared == uri), usual)
