"""Answers with an attachment: MTOM, exactly as programs in the field take it apart.

The envelope comes first, lines end in CRLF, the boundary is quoted, and content ids are small letters without escapes.
"""

import secrets

from django.http import HttpResponse

from vermittlerpost.interfaces.bipro.envelope import FOOT, Form
from vermittlerpost.interfaces.bipro.namespaces import INCLUDE

_ROOT = "root@vp.local"
_PARTS = (
    "--{boundary}\r\n"
    'Content-Type: application/xop+xml; charset=UTF-8; type="{media_type}"\r\n'
    "Content-Transfer-Encoding: 8bit\r\n"
    f"Content-ID: <{_ROOT}>\r\n\r\n"
    "{envelope}\r\n"
    "--{boundary}\r\n"
    "Content-Type: application/pdf\r\n"
    "Content-Transfer-Encoding: binary\r\n"
    "Content-ID: <{content_id}>\r\n\r\n"
)


def new_content_id() -> str:
    """Return the id of an attachment."""
    return f"{secrets.token_hex(8)}@vp.local"


def reference(content_id: str) -> str:
    """Return what stands in the envelope in place of the attachment."""
    return f'<xop:Include xmlns:xop="{INCLUDE}" href="cid:{content_id}"/>'


def answer(form: Form, content: str, declared: str, attachment: tuple[str, bytes]) -> HttpResponse:
    """Return an answer with a PDF, which is given with its content id."""
    content_id, pdf = attachment
    boundary = f"uuid:{secrets.token_hex(8)}"
    envelope = f"{form.head(declared)}{content}{FOOT}"
    head = _PARTS.format(
        boundary=boundary, media_type=form.soap.media_type, envelope=envelope, content_id=content_id
    ).encode()
    return HttpResponse(
        b"".join((head, pdf, f"\r\n--{boundary}--\r\n".encode())),
        content_type=f'multipart/related; type="application/xop+xml"; start="<{_ROOT}>"; '
        f'start-info="{form.soap.media_type}"; boundary="{boundary}"',
    )
