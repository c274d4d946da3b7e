"""A broker's software: SOAP calls through the whole web stack, without a network between."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.wsgi import get_wsgi_application

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries

_ADDRESS = "/bipro/430_Transfer/Service_2.6.1.1.0"
_ENVELOPE = (
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:tran="http://www.bipro.net/namespace/transfer" xmlns:nac="http://www.bipro.net/namespace/nachrichten">'
    '<soapenv:Header><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/'
    'oasis-200401-wss-wssecurity-secext-1.0.xsd"><wsc:SecurityContextToken'
    ' xmlns:wsc="http://schemas.xmlsoap.org/ws/2005/02/sc"><wsc:Identifier>{token}</wsc:Identifier>'
    "</wsc:SecurityContextToken></wsse:Security></soapenv:Header><soapenv:Body><tran:{operation}><tran:Request>"
    "<nac:BiPROVersion>2.6.1.1.0</nac:BiPROVersion>{content}</tran:Request></tran:{operation}></soapenv:Body>"
    "</soapenv:Envelope>"
)


def software(login_id: str) -> Callable[..., bytes]:
    """Return a function that calls an operation with the content of its request, and returns what is answered."""
    application: Any = get_wsgi_application()
    token = agencies.issue_token(queries.user(login_id), lifetime=timedelta(hours=2)).identifier

    def call(operation: str, content: str = "") -> bytes:
        body = _ENVELOPE.format(token=token, operation=operation, content=content).encode()
        answer: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST", "PATH_INFO": _ADDRESS, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "text/xml; charset=utf-8", "CONTENT_LENGTH": str(len(body)),
        }  # fmt: skip
        response = application(environ, lambda status, _: answer.append(status))
        answered = b"".join(response)
        response.close()
        assert answer == ["200 OK"], (operation, answer, answered[:500])
        return answered

    return call
