"""Norm 430: list what waits, fetch it with its letter, acknowledge it."""

import re
from collections.abc import Callable
from functools import wraps
from itertools import chain

from django.http import HttpResponseBase, StreamingHttpResponse

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import Content, Detail, ShipmentErased
from vermittlerpost.interfaces.bipro import mtom, shipments
from vermittlerpost.interfaces.bipro.call import Call
from vermittlerpost.interfaces.bipro.entrance import caller
from vermittlerpost.interfaces.bipro.envelope import FOOT, Form
from vermittlerpost.interfaces.bipro.status import Failed, Fault, Message, hint
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as kept
from vermittlerpost.lib import clock
from vermittlerpost.lib.storage import Away, Missing

_CATEGORY = re.compile(r"([0-9]{3}){0,3}", re.ASCII)
_ANSWERS = {"true": True, "1": True, "false": False, "0": False, "": False}
_MOST_AT_ONCE = 100

_NO_ID = "Die ID der Lieferung fehlt."
_TOO_MANY = "Es können nicht so viele Lieferungen auf einmal verlangt werden."
_NO_ANSWER = "BestaetigeLieferungen muss true oder false sein."
_NO_PDF = "Das Dokument kann gerade nicht gelesen werden. Bitte versuchen Sie es später noch einmal."

Work = Callable[[Call, Account], HttpResponseBase]


def _operation(name: str) -> Callable[[Work], Callable[[Call], HttpResponseBase]]:
    """Let an operation be called by whoever may; what cannot be done is told in the status of its answer."""

    def declare(work: Work) -> Callable[[Call], HttpResponseBase]:
        @wraps(work)
        def operation(call: Call) -> HttpResponseBase:
            user = caller(call.request, call.security)
            try:
                return work(call, user)
            except Failed as failed:
                return call.form.answer(_opened(call.form, name, failed.message) + _closed(call.form, name))

        return operation

    return declare


@_operation("listShipments")
def list_shipments(call: Call, user: Account) -> HttpResponseBase:
    """List what is not acknowledged yet, or everything, of a category if one is asked for; sent while it is read."""
    category = next(call.asked("KategorieDerLieferung"), "")
    if not _CATEGORY.fullmatch(category):
        raise Failed("04005")
    found = delivery.pages_of_shipments(user, category=category, acknowledged=_wants_acknowledged(call))
    written = shipments.listed(call.form.prefixes, found)
    # The status comes first: whether there is anything must be known before the answer begins.
    first = next(written, "")
    deliver.note_listed(user, consumer=call.consumer)
    parts = chain([_list_opened(call.form, first)], written, [_closed(call.form, "listShipments") + FOOT])
    return StreamingHttpResponse(parts, content_type=call.form.content_type)


@_operation("getShipment")
def get_shipment(call: Call, user: Account) -> HttpResponseBase:
    """Give one shipment with its letter; refuses an unknown or foreign one, and one that is available no longer."""
    (detail,) = _asked(call, user, most=1)
    give = _letter if detail.content == Content.LETTER else _ending
    response = give(call.form, detail, user)
    deliver.note_fetched(detail, user, consumer=call.consumer)
    return response


@_operation("acknowledgeShipment")
def acknowledge_shipment(call: Call, user: Account) -> HttpResponseBase:
    """Note that shipments arrived; again is as good as once. Of several either all exist or none is acknowledged."""
    for detail in _asked(call, user, most=_MOST_AT_ONCE):
        deliver.acknowledge(user, detail, consumer=call.consumer)
    name = "acknowledgeShipment"
    return call.form.answer(_opened(call.form, name, hint("04000")) + _closed(call.form, name))


def _wants_acknowledged(call: Call) -> bool:
    answer = next(call.asked("BestaetigeLieferungen"), "").lower()
    if answer not in _ANSWERS:
        raise Fault("00007", sentence=_NO_ANSWER)
    return _ANSWERS[answer]


def _asked(call: Call, user: Account, *, most: int) -> list[Detail]:
    ids = [asked for asked in call.asked("ID", "LieferungsID") if asked]
    if not ids or len(ids) > most:
        raise Fault("00001", sentence=_TOO_MANY if ids else _NO_ID)
    return [_available(user, asked) for asked in ids]


def _available(user: Account, asked: str) -> Detail:
    try:
        detail = delivery.shipment(user, asked)
    except ShipmentErased as refusal:
        raise Failed("04006") from refusal
    if detail is None:
        raise Failed("04003")
    if detail.available_until < clock.today():
        raise Failed("04006")
    return detail


def _list_opened(form: Form, first: str) -> str:
    return form.head() + _opened(form, "listShipments", hint("04000" if first else "04001")) + first


def _letter(form: Form, detail: Detail, user: Account) -> HttpResponseBase:
    try:
        pdf = letters.pdf_of(detail.letter, kept.store(), by=user.login_id)
    except (Away, Missing, letters.NotMade) as error:
        raise Fault("00940", sentence=_NO_PDF) from error
    content_id = mtom.new_content_id()
    shipment = shipments.letter(form.prefixes, detail, _around(detail, user), mtom.reference(content_id))
    return mtom.answer(form, _given(form, shipment), shipments.DECLARED, (content_id, pdf))


def _ending(form: Form, detail: Detail, user: Account) -> HttpResponseBase:
    shipment = shipments.ending(form.prefixes, detail, _around(detail, user))
    return form.answer(_given(form, shipment), shipments.DECLARED)


def _around(detail: Detail, user: Account) -> shipments.Surroundings:
    # Who is not served any more by a case's agency keeps its letters, and learns nothing new of it.
    case = cases.visible_to(user).filter(id=detail.case).first()
    carrier = agencies.known_carriers()[detail.carrier]
    return shipments.Surroundings(
        step=cases.next_step(case) if case else None,
        company_number=carrier.company_number,
        policy_number=detail.case if carrier.own_id_as_policy_number else "",
    )


def _given(form: Form, shipment: str) -> str:
    return _opened(form, "getShipment", hint("04000")) + shipment + _closed(form, "getShipment")


def _opened(form: Form, name: str, message: Message) -> str:
    tran = form.prefixes.tran
    return f"<{tran}{name}Response{form.prefixes.default}><{tran}Response>{form.status(message)}"


def _closed(form: Form, name: str) -> str:
    tran = form.prefixes.tran
    return f"</{tran}Response></{tran}{name}Response>"
