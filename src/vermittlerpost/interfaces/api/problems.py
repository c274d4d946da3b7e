"""Problems: every refusal leaves this door in one form (RFC 9457), with a code and a German sentence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from vermittlerpost.lib.errors import Refused

CONTENT_TYPE = "application/problem+json"
DOCUMENTATION = "/api/v1/docs"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of problem: its HTTP status, and a title that is the same each time."""

    status: int
    title: str


KINDS: Mapping[str, Kind] = {
    "key_missing": Kind(status=401, title="Ohne API-Schlüssel"),
    "key_unknown": Kind(status=401, title="Unbekannter API-Schlüssel"),
    "key_expired": Kind(status=401, title="Abgelaufener API-Schlüssel"),
    "key_revoked": Kind(status=401, title="Widerrufener API-Schlüssel"),
    "scope_missing": Kind(status=403, title="Fehlende Berechtigung"),
    "not_found": Kind(status=404, title="Nicht gefunden"),
    "method_not_allowed": Kind(status=405, title="Diese Methode gibt es hier nicht"),
    "length_required": Kind(status=411, title="Länge fehlt"),
    "body_too_large": Kind(status=413, title="Zu großer Inhalt"),
    "too_many_rows": Kind(status=413, title="Zu viele Zeilen"),
    "content_type": Kind(status=415, title="Falscher Inhaltstyp"),
    "unreadable": Kind(status=400, title="Unlesbarer Inhalt"),
    "invalid_parameter": Kind(status=422, title="Ungültige Angabe"),
    "row_refused": Kind(status=422, title="Abgewiesene Zeile"),
    "idempotency_key_unfit": Kind(status=400, title="Untauglicher Idempotency-Key"),
    "idempotency_key_reused": Kind(status=422, title="Idempotency-Key mit anderem Inhalt"),
    "unfit_webhook": Kind(status=422, title="Untauglicher Webhook"),
    "unknown_webhook": Kind(status=404, title="Unbekannter Webhook"),
    "not_failed": Kind(status=409, title="Nicht aufgegeben"),
    "pdf_not_made": Kind(status=409, title="PDF noch nicht erzeugt"),
    "pdf_missing": Kind(status=409, title="PDF fehlt"),
    "answer_erased": Kind(status=410, title="Gelöschte Antwort"),
    "letter_erased": Kind(status=410, title="Gelöschtes Schreiben"),
    "unavailable": Kind(status=503, title="Vorübergehend nicht möglich"),
}
_ANY_REFUSAL = Kind(status=409, title="Abgewiesen")


class Fault(Schema):
    """One thing that is wrong, and where; `row` counts as in files: the first object is row 2."""

    row: int | None = Field(None, description="Zeile, wie in Dateien gezählt: Das erste Objekt ist Zeile 2.")
    column: str = Field("", description="Spalte, oder Name der Angabe; leer, wenn es um das Ganze geht.")
    value: str = Field("", description="Was dort stand, höchstens 200 Zeichen davon.")
    rule: str = Field(description="Regel, gegen die es verstößt, als deutscher Satz.")


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str = Field(description="Adresse, unter der diese Art von Problem beschrieben ist.")
    title: str = Field(description="Worum es geht; bei jedem Problem dieser Art gleich.")
    status: int = Field(description="HTTP-Status.")
    detail: str = Field(description="Was nicht ging und was zu tun ist, als deutscher Satz.")
    code: str = Field(description="Art des Problems, für Programme.")
    instance: str = Field(description="Adresse der Anfrage.")
    errors: list[Fault] = Field([], description="Was im Einzelnen falsch ist.")


class KeyMissing(Refused):
    """The request shows no key."""

    code = "key_missing"


class ScopeMissing(Refused):
    """The key opens other things."""

    code = "scope_missing"


class BadRequest(Refused):
    """The request is wrong in one of the ways that `KINDS` lists."""

    def __init__(self, code: str, template: str, **facts: str) -> None:
        super().__init__(template, **facts)
        self.code = code


def problem(request: HttpRequest, code: str, detail: str, faults: Sequence[Mapping[str, Any]] = ()) -> HttpResponse:
    """Answer with a problem."""
    status = KINDS.get(code, _ANY_REFUSAL).status
    content = document(request.path, code, detail, faults)
    response = HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Vermittlerpost"'
    if status == 503:
        response["Retry-After"] = "5"
    return response


def document(path: str, code: str, detail: str, faults: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return what a problem says."""
    kind = KINDS.get(code, _ANY_REFUSAL)
    return {
        "type": f"{DOCUMENTATION}#{code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "code": code,
        "instance": path,
        "errors": list(faults),
    }
