"""How an answer is wrapped: SOAP 1.1 or 1.2 as the request was, with its prefixes and its version of the norm."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

from django.http import HttpResponse
from lxml import etree

from vermittlerpost.interfaces.bipro.namespaces import Prefixes, mirrored
from vermittlerpost.interfaces.bipro.status import Fault, Message, TooFast
from vermittlerpost.lib import clock

VERSION = "2.6.1.1.0"
"""The version of the norm that is answered where the request names none."""
IS_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){4}", re.ASCII)

_PAST_THE_HOUR = [f"{minute:02}:{second:02}" for minute in range(60) for second in range(60)]
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


@dataclass(frozen=True, kw_only=True)
class Soap:
    """A version of SOAP: its namespace, the media type of its messages, and what a fault calls the two sides."""

    namespace: str
    media_type: str
    sides: dict[str, str]
    fault: str


SOAP_11 = Soap(
    namespace="http://schemas.xmlsoap.org/soap/envelope/",
    media_type="text/xml",
    sides={"Client": "Client", "Server": "Server", "VersionMismatch": "VersionMismatch"},
    fault="<soapenv:Fault><faultcode>soapenv:{side}</faultcode><faultstring>{sentence}</faultstring>"
    "<detail>{detail}</detail></soapenv:Fault>",
)
SOAP_12 = Soap(
    namespace="http://www.w3.org/2003/05/soap-envelope",
    media_type="application/soap+xml",
    sides={"Client": "Sender", "Server": "Receiver", "VersionMismatch": "VersionMismatch"},
    fault="<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:{side}</soapenv:Value></soapenv:Code><soapenv:Reason>"
    '<soapenv:Text xml:lang="de">{sentence}</soapenv:Text></soapenv:Reason>'
    "<soapenv:Detail>{detail}</soapenv:Detail></soapenv:Fault>",
)
SOAPS = {soap.namespace: soap for soap in (SOAP_11, SOAP_12)}


@dataclass(frozen=True, kw_only=True)
class Form:
    """How one request is answered; `process` is by what the answer can be found again in the log."""

    soap: Soap = SOAP_11
    prefixes: Prefixes = field(default_factory=Prefixes)
    version: str = VERSION
    process: str = field(default_factory=lambda: secrets.token_hex(8))

    def mirroring(self, root: etree._Element, version: str) -> "Form":
        """Return the form for a request that could be read; the version that it names wins if it is one."""
        return replace(
            self,
            soap=SOAPS.get(etree.QName(root).namespace or "", self.soap),
            prefixes=mirrored(root),
            version=version if IS_VERSION.fullmatch(version) else self.version,
        )

    @property
    def content_type(self) -> str:
        """Return the content type of an answer without attachments."""
        return f"{self.soap.media_type}; charset=utf-8"

    def head(self, declared: str = "") -> str:
        """Return an envelope up to what stands in its body."""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<soapenv:Envelope xmlns:soapenv="{self.soap.namespace}"{self.prefixes.declared}{declared}>'
            "<soapenv:Header/><soapenv:Body>"
        )

    def status(self, *messages: Message) -> str:
        """Return the version and the status that answers and faults begin with."""
        nac = self.prefixes.nac
        told = "".join(
            f"<{nac}Meldung><{nac}ArtID>{message.kind}</{nac}ArtID><{nac}MeldungID>{message.code}</{nac}MeldungID>"
            f"<{nac}Text>{escaped(message.text)}</{nac}Text></{nac}Meldung>"
            for message in messages
        )
        result = "NOK" if messages[0].kind == "Fehler" else "OK"
        return (
            f"<{nac}BiPROVersion>{self.version}</{nac}BiPROVersion><{nac}Status>"
            f"<{nac}ProzessID>{self.process}</{nac}ProzessID><{nac}Zeitstempel>{local(clock.now())}</{nac}Zeitstempel>"
            f"<{nac}StatusID>{result}</{nac}StatusID><{nac}Schwebe>false</{nac}Schwebe>{told}</{nac}Status>"
        )

    def answer(self, content: str, declared: str = "") -> HttpResponse:
        """Return an answer without attachments."""
        return HttpResponse("".join((self.head(declared), content, FOOT)), content_type=self.content_type)

    def refusal(self, fault: Fault) -> HttpResponse:
        """Return a fault; programs look for status 500 and find what is wrong in its detail."""
        nac, default = self.prefixes.nac, self.prefixes.default
        detail = f"<{nac}BiproException{default}>{self.status(*fault.messages)}</{nac}BiproException>"
        side, sentence = self.soap.sides[fault.side], escaped(fault.sentence)
        response = self.answer(self.soap.fault.format(side=side, sentence=sentence, detail=detail))
        response.status_code = fault.http_status
        if isinstance(fault, TooFast):
            response.headers["Retry-After"] = str(fault.seconds)
        return response


FOOT = "</soapenv:Body></soapenv:Envelope>"


def escaped(text: str) -> str:
    """Return a text as it may stand in an element or attribute; what no XML may hold is left out."""
    return _FORBIDDEN.sub("", text).translate(_MARKUP)


def element(name: str, text: str) -> str:
    """Return an element with its text, or nothing if there is no text."""
    return f"<{name}>{escaped(text)}</{name}>" if text else ""


def elements(prefix: str, texts: Iterable[tuple[str, str]]) -> str:
    """Return elements of one namespace in this order, those without a text left out."""
    return "".join(element(prefix + name, text) for name, text in texts)


def local(moment: datetime) -> str:
    """Return a moment, given in UTC, as norm 430 writes it: by German clocks, without a zone."""
    hour = _german_hour(moment.year, moment.month, moment.day, moment.hour)
    return hour + _PAST_THE_HOUR[60 * moment.minute + moment.second]


@lru_cache(maxsize=1024)
def _german_hour(year: int, month: int, day: int, hour: int) -> str:
    # Lists have thousands of moments. Within an hour of UTC German clocks are never changed.
    return f"{datetime(year, month, day, hour, tzinfo=UTC).astimezone(clock.GERMANY):%Y-%m-%dT%H:}"


def zoned(moment: datetime) -> str:
    """Return a moment as norm 410 writes it: UTC, with a zone, without fractions."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
