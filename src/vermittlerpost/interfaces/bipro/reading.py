"""How a request is read: bounded and hardened first, then leniently, since programs in the field differ in everything.

Elements are found by their local names in whatever case, order and namespace; what is not known is passed over.
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

from django.http import HttpRequest, UnreadablePostError
from lxml import etree

from vermittlerpost.interfaces.bipro.envelope import SOAPS
from vermittlerpost.interfaces.bipro.status import Fault, VersionMismatch

MOST_BYTES = 1_000_000
"""The longest request; real ones have a thousand bytes or two."""

_TOO_LONG = "Die Anfrage ist länger als 1 MB."
_NO_XML = "Die Anfrage ist kein wohlgeformtes XML in der angegebenen Zeichencodierung."
_DTD = "Die Anfrage enthält eine DTD; in SOAP-Nachrichten darf keine stehen."
_NO_SOAP = "Die Anfrage ist keine SOAP-Nachricht mit einer Operation in ihrem Body."


def root_of(request: HttpRequest) -> etree._Element:
    """Return the envelope of a request; refuses what is too long, no XML, or has a document type."""
    content = _content(request)
    if request.content_type == "multipart/related":
        content, charset = _first_part(content, request.headers["Content-Type"])
    else:
        charset = (request.content_params or {}).get("charset")
    try:
        # One that is left out is told by the XML itself.
        root = etree.fromstring(content, _parser(charset or None))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise Fault("00001", sentence=_NO_XML) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Fault("00001", sentence=_DTD)
    return root


def operation_of(root: etree._Element) -> etree._Element:
    """Return the first element in the body of an envelope; refuses anything else, and other versions of SOAP."""
    name = etree.QName(root)
    if name.localname != "Envelope":
        raise Fault("00001", sentence=_NO_SOAP)
    if name.namespace not in SOAPS:
        raise VersionMismatch
    body = child(root, "Body")
    operation = None if body is None else next(children(body), None)
    if operation is None:
        raise Fault("00001", sentence=_NO_SOAP)
    return operation


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements right below one, those of certain names if any are given (in small letters or as written)."""
    wanted = {name.lower() for name in names}
    return (one for one in element if isinstance(one.tag, str) and (not wanted or name_of(one) in wanted))


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element at the end of a path of names, or None."""
    for name in path:
        element = None if element is None else next(children(element, name), None)
    return element


def name_of(element: etree._Element) -> str:
    """Return the local name of an element in small letters."""
    return etree.QName(element).localname.lower()


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element without the blanks around it; that of none is empty."""
    return "" if element is None else (element.text or "").strip()


def _content(request: HttpRequest) -> bytes:
    try:
        content = _stream(request).read(MOST_BYTES + 1)
    except (UnreadablePostError, OSError) as error:
        raise Fault("00001") from error
    if len(content) > MOST_BYTES:
        raise Fault("00001", sentence=_TOO_LONG)
    return bytes(content)


def _stream(request: HttpRequest) -> Any:
    # Django takes a body without a length for an empty one; programs in Java send theirs in chunks.
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    return request.META["wsgi.input"] if is_chunked and request.META.get("wsgi.input_terminated") else request


def _first_part(content: bytes, content_type: str) -> tuple[bytes, str | None]:
    # Programs that are set to MTOM wrap their requests in it as well. Cut by hand: parts within parts within parts
    # would keep a parser of mails busy for minutes.
    kind: Message[str, str] = Message()
    kind["Content-Type"] = content_type
    boundary = kind.get_boundary("")
    line = rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("ascii", "replace")) + rb"(?:--)?[ \t]*(?:\r?\n|\Z)"
    _, *parts = re.split(line, content, maxsplit=2) if boundary else [b""]
    first = BytesHeaderParser().parsebytes(parts[0] if parts else b"")
    decoded = b"" if first.get_content_maintype() == "multipart" else first.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b"", first.get_content_charset()


def _parser(charset: str | None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=charset, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
