"""Requests to copy into a terminal, with one's own ids and never a password."""

import re
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext

from vermittlerpost.lib.software import SHIPMENTS, TOKENS

_VERSION = "2.6.1.1.0"
_BIPRO = "http://www.bipro.net/namespace"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_TRUST = "http://schemas.xmlsoap.org/ws/2005/02/trust"
_CONVERSATION = "http://schemas.xmlsoap.org/ws/2005/02/sc"
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

# The shell puts in what stands behind a dollar; a password with & or < would have to be escaped.
_LOGIN_CALL = """read -rsp 'Kennwort: ' KENNWORT
TOKEN=$(curl --silent {tokens} \\
  --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- <<XML | grep -o 'bipro:[A-Za-z0-9_-]*'
<s:Envelope xmlns:s="{soap}"><s:Header>
  <w:Security xmlns:w="{wsse}"><w:UsernameToken>
    <w:Username>{login_id}</w:Username><w:Password>$KENNWORT</w:Password>
  </w:UsernameToken></w:Security></s:Header>
  <s:Body><t:RequestSecurityToken xmlns:t="{trust}">
    <t:TokenType>{conversation}/sct</t:TokenType>
    <t:RequestType>{trust}/Issue</t:RequestType>
  </t:RequestSecurityToken></s:Body></s:Envelope>
XML
)"""
_CALL = """curl --silent {shipments}{sink} \\
  --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- <<XML
<s:Envelope xmlns:s="{soap}"><s:Header>
  <w:Security xmlns:w="{wsse}"><c:SecurityContextToken xmlns:c="{conversation}">
    <c:Identifier>$TOKEN</c:Identifier>
  </c:SecurityContextToken></w:Security></s:Header>
  <s:Body><tran:{operation} xmlns:tran="{bipro}/transfer" xmlns:nac="{bipro}/nachrichten"><tran:Request>
    <nac:BiPROVersion>{version}</nac:BiPROVersion>{asked}
  </tran:Request></tran:{operation}></s:Body></s:Envelope>
XML"""
_MEANS_SOMETHING = re.compile(r"[$`\\]")
"""What a shell would take for more than it is."""
_ASKED = "\n    <tran:ID>{shipment}</tran:ID>"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A request as a shell sends it; `id` is that of its place on the page."""

    id: str
    title: str
    sentence: str
    command: str


def samples(base_url: str, login_id: str, shipment: str) -> list[Sample]:
    """Return the four requests in the order in which they are sent, for a user and one of the shipments he may see."""
    base = base_url.rstrip("/")
    asked = _ASKED.format(shipment=_written(shipment or "…"))
    return [
        Sample(
            id="beispiel-anmelden",
            title=gettext("Anmelden"),
            sentence=gettext("Fragt nach dem Kennwort und merkt sich das Token; es gilt für alle folgenden Aufrufe."),
            command=_LOGIN_CALL.format(
                tokens=f"{base}{TOKENS}",
                soap=_SOAP,
                wsse=_WSSE,
                trust=_TRUST,
                conversation=_CONVERSATION,
                login_id=_written(login_id),
            ),
        ),
        Sample(
            id="beispiel-auflisten",
            title=gettext("Auflisten"),
            sentence=gettext("Nennt alle Lieferungen, die noch nicht quittiert sind, die älteste zuerst."),
            command=_call(base, "listShipments"),
        ),
        Sample(
            id="beispiel-abholen",
            title=gettext("Abholen"),
            sentence=gettext("Holt eine Lieferung mit dem Schreiben als PDF (MTOM); quittiert ist sie damit nicht."),
            command=_call(base, "getShipment", asked, " --output lieferung.mime"),
        ),
        Sample(
            id="beispiel-quittieren",
            title=gettext("Quittieren"),
            sentence=gettext("Nimmt eine Lieferung von der Liste. Gelesen ist das Schreiben damit nicht."),
            command=_call(base, "acknowledgeShipment", asked),
        ),
    ]


def _written(text: str) -> str:
    return _MEANS_SOMETHING.sub(r"\\\g<0>", escape(text))


def _call(base: str, operation: str, asked: str = "", sink: str = "") -> str:
    return _CALL.format(
        shipments=f"{base}{SHIPMENTS}",
        operation=operation,
        asked=asked,
        sink=sink,
        soap=_SOAP,
        wsse=_WSSE,
        conversation=_CONVERSATION,
        bipro=_BIPRO,
        version=_VERSION,
    )
