"""Read access for the insurer's own systems: cases, letters, receipts, decisions. Nothing counts as read by it (R9)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.api.descriptions import PDF, refusals
from vermittlerpost.interfaces.api.keys import ApiKey, actor_of
from vermittlerpost.interfaces.api.paging import Cursor, Id, Limit, Wanted, key_of, narrowed, page_of
from vermittlerpost.interfaces.api.problems import BadRequest
from vermittlerpost.interfaces.api.schemas import Case, Decision, Letter, PageOf, Receipt
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.lib.storage import Missing
from vermittlerpost.notifications import queries as notifications

router = Router(tags=["Auskunft"])

_PAGE = 100
_LIST = refusals(401, 403, 422, 503)
_ONE = refusals(401, 403, 404, 422, 503)
_CASE = (
    "id", "message_id", "evb", "plate", "vin", "state", "clarification", "opened_on", "requested_on", "held_until",
    "closed_on", "close_reason",
)  # fmt: skip
_LETTER = (
    "id", "case", "kind", "level", "urgency", "category", "issued_at", "due_on", "settled_on", "settled_reason",
)  # fmt: skip


@router.get("/cases", auth=ApiKey(Scope.READ_CASES), response={200: PageOf[Case], **_LIST}, summary="Vorgänge")
def list_cases(
    request: HttpRequest,
    response: HttpResponse,
    agency: Wanted = "",
    state: Wanted = "",
    limit: Limit = _PAGE,
    cursor: Cursor = "",
) -> Any:
    """Alle Vorgänge nach ihrer Nummer, mit dem nächsten Schritt; auf Wunsch die einer Agentur oder eines Zustands."""
    rows = narrowed(cases.everything(), agency=agency, state=state, id__gt=key_of(cursor)).order_by("id")
    shown, following = page_of(request, response, list(rows[: limit + 1]), limit, lambda case: case.id)
    return {"items": _cases(shown), "next": following}


@router.get("/cases/{case}", auth=ApiKey(Scope.READ_CASES), response={200: Case, **_ONE}, summary="Ein Vorgang")
def get_case(request: HttpRequest, case: Id) -> Any:  # noqa: ARG001 (ninja hands it over)
    """Ein Vorgang mit seinem nächsten Schritt."""
    found = cases.everything().filter(id=case).first()
    if found is None:
        raise Http404
    return _cases([found])[0]


def _cases(found: Sequence[Any]) -> list[dict[str, Any]]:
    following = cases.next_steps(found)
    return [
        {
            **{name: getattr(case, name) for name in _CASE},
            "carrier": case.carrier_id,
            "agency": case.agency_id,
            "next_step": asdict(following[case.id]),
        }
        for case in found
    ]


@router.get("/letters", auth=ApiKey(Scope.READ_LETTERS), response={200: PageOf[Letter], **_LIST}, summary="Schreiben")
def list_letters(
    request: HttpRequest,
    response: HttpResponse,
    case: Wanted = "",
    agency: Wanted = "",
    limit: Limit = _PAGE,
    cursor: Cursor = "",
) -> Any:
    """Alle Schreiben nach ihrer Nummer, auf Wunsch die eines Vorgangs oder einer Agentur."""
    rows = narrowed(delivery.everything_issued(), letter__case=case, letter__agency=agency, letter__gt=key_of(cursor))
    found = list(rows.order_by("letter")[: limit + 1])
    shown, following = page_of(request, response, found, limit, lambda sent: str(sent.letter_id))
    return {"items": [_letter(request, sent) for sent in shown], "next": following}


@router.get(
    "/letters/{letter}", auth=ApiKey(Scope.READ_LETTERS), response={200: Letter, **_ONE}, summary="Ein Schreiben"
)
def get_letter(request: HttpRequest, letter: Id) -> Any:
    """Ein Schreiben: was es ist, wie es ging, wo sein PDF liegt."""
    return _letter(request, _sent(letter))


@router.get(
    "/letters/{letter}/pdf",
    auth=ApiKey(Scope.READ_LETTERS),
    response={200: None, **_ONE, **refusals(409, 410)},
    summary="PDF eines Schreibens",
    openapi_extra=PDF,
)
def get_letter_pdf(request: HttpRequest, letter: Id) -> HttpResponse:
    """Das PDF, Byte für Byte wie in Portal und BiPRO; dass es hier geholt wird, gilt nicht als gelesen."""
    _sent(letter)
    try:
        pdf = letters.pdf_of(letter, written.store(), by=actor_of(request))
    except Missing as error:
        raise BadRequest("pdf_missing", "Das PDF des Schreibens liegt nicht vor; bitte den Betrieb fragen.") from error
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{letter}.pdf"'
    return response


@router.get(
    "/letters/{letter}/receipts",
    auth=ApiKey(Scope.READ_RECEIPTS),
    response={200: PageOf[Receipt], **_ONE},
    summary="Empfangsnachweise eines Schreibens",
)
def list_receipts(
    request: HttpRequest, response: HttpResponse, letter: Id, limit: Limit = _PAGE, cursor: Cursor = ""
) -> Any:
    """Bereitgestellt, angezeigt, abgeholt, quittiert, gedruckt …: wann und durch wen, das Älteste zuerst."""
    _sent(letter)
    after = key_of(cursor)
    if after and not after.isdecimal():
        raise BadRequest("invalid_parameter", "Diesen Cursor gibt es nicht; bitte mit der ersten Seite beginnen.")
    rows = delivery.receipts_of(letter).filter(id__gt=int(after or 0)).order_by("id")
    found = list(rows[: limit + 1])
    shown, following = page_of(request, response, found, limit, lambda receipt: str(receipt.id))
    items = [{"kind": receipt.kind, "at": receipt.at, "actor": receipt.actor} for receipt in shown]
    return {"items": items, "next": following}


@router.get(
    "/decisions",
    auth=ApiKey(Scope.READ_DECISIONS),
    response={200: PageOf[Decision], **_LIST},
    summary="Wer benachrichtigt wurde und wer nicht",
)
def list_decisions(
    request: HttpRequest,
    response: HttpResponse,
    matter: Annotated[str, Query(description="Schreiben oder Dokument.", pattern="^[!-~]+$", max_length=64)],
    limit: Limit = _PAGE,
    cursor: Cursor = "",
) -> Any:
    """Die Entscheidung über jeden Benutzer, der zuständig war, mit ihrem Grund, nach Benutzerkennung."""
    after = key_of(cursor)
    found = [one for one in notifications.decisions_about(matter) if one.login_id > after]
    shown, following = page_of(request, response, found, limit, lambda one: one.login_id)
    return {"items": [asdict(one) for one in shown], "next": following}


def _sent(letter: str) -> Any:
    sent = delivery.everything_issued().filter(letter=letter).first()
    if sent is None:
        raise Http404
    return sent


def _letter(request: HttpRequest, sent: Any) -> dict[str, Any]:
    letter = sent.letter
    return {
        **{name: getattr(letter, name) for name in _LETTER},
        "carrier": letter.carrier_id,
        "agency": letter.agency_id,
        "channel": sent.channel,
        "delivery": sent.state,
        "pdf": request.build_absolute_uri(f"/api/v1/letters/{letter.id}/pdf"),
    }
