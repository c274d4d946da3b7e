"""Answers as tests look at them."""

import email
import email.policy
import re
from functools import cached_property
from typing import Any

from lxml import etree
from tests.interfaces.bipro import schemas
from tests.interfaces.bipro.envelopes import ALLG, NAC, TRAN, WSC, WST

NAMES = {
    "tran": TRAN,
    "nac": NAC,
    "allg": ALLG,
    "gevo": "http://www.bipro.net/namespace/gevo",
    "wsc": WSC,
    "wst": WST,
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
}
_EACH_TIME = re.compile(r"(<\w*:?(ProzessID|Zeitstempel)>)[^<]*")


class Answer:
    """An answer of the door: the whole, its envelope, its attachment, and what stands in it."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.content_type: str = response.headers["Content-Type"]
        self.bytes: bytes = b"".join(response.streaming_content) if response.streaming else response.content

    @property
    def text(self) -> str:
        """Return the envelope as it was written."""
        return schemas.first_part(self.bytes).decode()

    @property
    def lasting(self) -> str:
        """Return the envelope without what differs each time."""
        return _EACH_TIME.sub(r"\1", self.text)

    @cached_property
    def root(self) -> etree._Element:
        """Return the envelope."""
        return etree.fromstring(schemas.first_part(self.bytes))

    def all(self, name: str) -> list[str]:
        """Return the texts of all elements of a name, such as `nac:MeldungID`."""
        return [element.text or "" for element in self.root.iterfind(f".//{name}", NAMES)]

    def one(self, name: str) -> str:
        """Return the text of the only element of a name."""
        (text,) = self.all(name)
        return text

    @property
    def codes(self) -> list[str]:
        """Return the codes of the messages, the first first."""
        return self.all("nac:MeldungID")

    @property
    def ids(self) -> list[str]:
        """Return the ids of the shipments."""
        return self.all("tran:ID")

    @property
    def parts(self) -> list[Any]:
        """Return the MIME parts as a library reads them."""
        head = f"Content-Type: {self.content_type}\r\n\r\n".encode()
        return list(email.message_from_bytes(head + self.bytes, policy=email.policy.default).walk())[1:]

    @property
    def pdf(self) -> bytes:
        """Return the attached PDF."""
        _, attachment = self.parts
        return bytes(attachment.get_payload(decode=True))
