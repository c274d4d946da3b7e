"""One request and its answer: whatever comes, the answer is a SOAP message, and never a page or a stack trace."""

import logging
import re
import traceback
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.log import log_response
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from vermittlerpost.interfaces.bipro import norm410, norm430, wsdl
from vermittlerpost.interfaces.bipro.call import Call
from vermittlerpost.interfaces.bipro.envelope import SOAP_11, SOAP_12, VERSION, Form
from vermittlerpost.interfaces.bipro.reading import root_of
from vermittlerpost.interfaces.bipro.status import Fault

Operation = Callable[[Call], HttpResponseBase]
log = logging.getLogger(__name__)

_ADDRESS = re.compile(r"(410_STS/UserPasswordLogin|430_Transfer/Service)_([0-9]{1,4}(?:\.[0-9]{1,4}){4})/?", re.ASCII)
_OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "requestsecuritytoken": norm410.request_security_token,
        "listshipments": norm430.list_shipments,
        "getshipment": norm430.get_shipment,
        "acknowledgeshipment": norm430.acknowledge_shipment,
    }
)
"""By the name of the body's first element in small letters; address and SOAPAction do not tell what a program wants."""

_NO_ADDRESS = "Unter dieser Adresse wird nichts angeboten. Die Adressen stehen im Portal unter Services » BiPRO."
_NO_MESSAGE = "Diese Adresse beantwortet SOAP-Nachrichten (POST); ihre Beschreibung gibt es mit „?wsdl“."


@csrf_exempt
@never_cache
def exchange(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a program: by what its message asks for, or with a fault in the form of its message."""
    address = _ADDRESS.fullmatch(path)
    if address and request.method == "GET" and (description := _description(request, address)):
        return description
    form = Form(
        soap=SOAP_12 if request.content_type == SOAP_12.media_type else SOAP_11,
        version=address[2] if address else VERSION,
    )
    return _answered(request, form, is_known=address is not None)


exchange.audience = "programs"  # type: ignore[attr-defined]  # read by the guard that walks all addresses


def _description(request: HttpRequest, address: re.Match[str]) -> HttpResponse | None:
    asked = {name.lower(): str(value) for name, value in request.GET.items()}
    if not {"wsdl", "xsd"} & asked.keys():
        return None
    service, base = address[1][:3], f"{settings.ENVIRONMENT.base_url}{request.path}"
    document = wsdl.document(service, asked.get("xsd", ""), base)
    return None if document is None else HttpResponse(document, content_type="text/xml; charset=utf-8")


def _answered(request: HttpRequest, form: Form, *, is_known: bool) -> HttpResponseBase:
    try:
        call = Call(request=request, root=_message_in(request), form=form)
        form = call.form
        return _operation(call, is_known=is_known)(call)
    except Fault as fault:
        return _refused(request, form, fault)
    except (OperationalError, InterfaceError) as error:
        return _refused(request, form, _logged(form, error, "00940"))
    except Exception as error:  # noqa: BLE001 (a program gets a fault, whatever it was)
        return _refused(request, form, _logged(form, error, "99999"))


def _message_in(request: HttpRequest) -> etree._Element:
    if request.method != "POST":
        raise Fault("00009", sentence=_NO_MESSAGE)
    return root_of(request)


def _operation(call: Call, *, is_known: bool) -> Operation:
    if not is_known:
        raise Fault("00009", sentence=_NO_ADDRESS)
    if call.name not in _OPERATIONS:
        raise Fault("00009")
    return _OPERATIONS[call.name]


def _refused(request: HttpRequest, form: Form, fault: Fault) -> HttpResponse:
    """Answer with a fault, which SOAP wants sent with status 500: Django is not to log it as an error of the house."""
    response = form.refusal(fault)
    words, codes = "BiPRO %s: fault %s", " ".join(message.code for message in fault.messages)
    log_response(words, form.process, codes, response=response, request=request, logger=log, level="info")
    return response


def _logged(form: Form, error: Exception, code: str) -> Fault:
    # What an error says may hold what a letter says, so that only its kind and its place are kept.
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)))
    log.error("BiPRO %s: %s in %s", form.process, type(error).__name__, places)
    return Fault(code)
