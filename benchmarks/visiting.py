"""A visitor of the portal: requests through the whole web stack, without a network between."""

import io
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application

from vermittlerpost.agencies import queries as agencies

EMPTY = "/empty/"
"""The address of a view that lets users in and shows nothing."""

MAILBOX = "/cockpit/vermittlerpost/"


def visitor(login_id: str) -> Callable[[str], bytes]:
    """Return a function that asks for an address as a user who is logged in, and returns what is answered."""
    application: Any = get_wsgi_application()
    cookie = _session_of(login_id)

    def get(address: str) -> bytes:
        path, _, query = address.partition("?")
        answer: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
            "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={cookie}",
        }  # fmt: skip
        response = application(environ, lambda status, _: answer.append(status))
        content = b"".join(response)
        response.close()
        assert answer == ["200 OK"], (address, answer)
        return content

    return get


def _session_of(login_id: str) -> str:
    user = agencies.user(login_id)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.PORTAL_BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
