"""Norm 410: a token for login id and password (Issue), whether it holds (Validate), and its end (Cancel)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.conf import settings
from django.http import HttpResponse

from vermittlerpost.agencies import actions as access
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.bipro.call import Call
from vermittlerpost.interfaces.bipro.entrance import by_password, token_in
from vermittlerpost.interfaces.bipro.envelope import zoned
from vermittlerpost.interfaces.bipro.namespaces import CONVERSATION, TRUST, UTILITY
from vermittlerpost.interfaces.bipro.reading import child, text_of
from vermittlerpost.interfaces.bipro.status import Fault

_DECLARED = f' xmlns:wst="{TRUST}" xmlns:wsc="{CONVERSATION}" xmlns:wsu="{UTILITY}"'
_TOKEN_TYPE = f"{CONVERSATION}/sct"
_STATUS_TYPE = f"{TRUST}/RSTR/Status"
_KNOWN_TYPES = {"", _TOKEN_TYPE, _STATUS_TYPE, "http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512/sct"}

# Programs find identifier and end by these very prefixes, and only where the elements bear no attributes.
_ISSUED = (
    f"<wst:TokenType>{_TOKEN_TYPE}</wst:TokenType>"
    "<wst:RequestedSecurityToken><wsc:SecurityContextToken><wsc:Identifier>{identifier}</wsc:Identifier>"
    "</wsc:SecurityContextToken></wst:RequestedSecurityToken>"
    "<wst:Lifetime><wsu:Created>{issued}</wsu:Created><wsu:Expires>{expires}</wsu:Expires></wst:Lifetime>"
)
_VALIDATED = (
    f"<wst:TokenType>{_STATUS_TYPE}</wst:TokenType>"
    f"<wst:Status><wst:Code>{TRUST}/status/{{result}}</wst:Code></wst:Status>"
)


def request_security_token(call: Call) -> HttpResponse:
    """Do what a request for a token wants; refuses other kinds of tokens and requests."""
    if text_of(child(call.operation, "TokenType")) not in _KNOWN_TYPES:
        raise Fault("00900", "00910")
    wanted = text_of(child(call.operation, "RequestType")).rpartition("/")[2].lower()
    if wanted not in _REQUESTS:
        raise Fault("00900", "00911")
    nac, default = call.form.prefixes.nac, call.form.prefixes.default
    version = f"<{nac}BiPROVersion>{call.form.version}</{nac}BiPROVersion>"
    content = f"{_REQUESTS[wanted](call)}{version}"
    return call.form.answer(
        f"<wst:RequestSecurityTokenResponse{default}>{content}</wst:RequestSecurityTokenResponse>", _DECLARED
    )


def _issue(call: Call) -> str:
    user = by_password(call.request, call.security)
    bearer = access.issue_token(user, lifetime=settings.ENVIRONMENT.bipro_token_lifetime)
    return _ISSUED.format(
        identifier=bearer.identifier, issued=zoned(bearer.issued_at), expires=zoned(bearer.expires_at)
    )


def _validate(call: Call) -> str:
    return _VALIDATED.format(result="valid" if agencies.bearer_of(_token_meant(call)) else "invalid")


def _cancel(call: Call) -> str:
    if not access.cancel_token(_token_meant(call)):
        raise Fault("00960", "00962")
    return "<wst:RequestedTokenCancelled/>"


def _token_meant(call: Call) -> str:
    """Return the token that stands in the request itself, or else the one in the header, to which it refers."""
    token = next(call.operation.iter("{*}SecurityContextToken"), None)
    return token_in(call.security if token is None else token.getparent())


_REQUESTS: Mapping[str, Callable[[Call], str]] = MappingProxyType(
    {"issue": _issue, "validate": _validate, "cancel": _cancel}
)
