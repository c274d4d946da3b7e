"""An identity provider: a real OpenID Connect server on the loopback, strict as one, and lying where it is told to."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "vermittlerpost", "ein Geheimnis zwischen beiden"
KEY = "the-key"

Answer = tuple[int, dict[str, str], bytes]


@cache
def private_key(name: str = KEY) -> rsa.RSAPrivateKey:
    """Return a key of its own for each name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """The provider and who sits before it; `said` is put into ID tokens, where None leaves a claim out."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "s-1", "preferred_username": "hedda"})
    said: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] | None = None
    signed_with: Any = field(default_factory=private_key)
    algorithm: str = "RS256"
    cancelled_with: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def discover(self, _: dict[str, str]) -> Answer:
        """Say where what is asked for (OpenID Connect Discovery 1.0)."""
        said = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
        }
        return _json(said | self.configuration)

    def authorize(self, asked: dict[str, str]) -> Answer:
        """Take the login for granted, and send the browser back."""
        expected = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        assert expected.items() <= asked.items()
        assert "openid" in asked["scope"].split()
        answer = {"state": asked["state"]}
        if self.cancelled_with:
            answer["error"] = self.cancelled_with
        else:
            answer["code"] = secrets.token_urlsafe()
            self.codes[answer["code"]] = asked
        return 302, {"Location": f"{asked['redirect_uri']}?{urlencode(answer)}"}, b""

    def exchange(self, asked: dict[str, str]) -> Answer:
        """Give tokens for a code, once, to whom it was given (RFC 6749, RFC 7636)."""
        begun = self.codes.pop(asked["code"], {})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).decode()
        is_right = (
            asked["client_id"] == CLIENT
            and asked["client_secret"] == SECRET
            and asked["redirect_uri"] == begun.get("redirect_uri")
            and challenge.rstrip("=") == begun.get("code_challenge", "").rstrip("=")
        )
        if not is_right:
            return 400, {"Content-Type": "application/json"}, b'{"error": "invalid_grant"}'
        return _json({"access_token": "opaque", "token_type": "Bearer", "id_token": self.token(begun["nonce"])})

    def token(self, nonce: str) -> str:
        """Return a signed ID token."""
        now = int(time.time())  # noqa: TID251 (the provider's clock is the real one)
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        said = {name: value for name, value in (claims | self.said).items() if value is not None}
        return jwt.encode(said, self.signed_with, algorithm=self.algorithm, headers={"kid": KEY})

    def keys(self, _: dict[str, str]) -> Answer:
        """Publish the key; which sort of signature it is for stands nowhere, as with some large providers."""
        public = json.loads(RSAAlgorithm.to_jwk(private_key().public_key()))
        return _json({"keys": [public | {"kid": KEY, "use": "sig"}]})

    def tell(self, _: dict[str, str]) -> Answer:
        """Tell of the person on request."""
        return _json(self.person if self.told is None else self.told)

    def answer(self, path: str, asked: dict[str, str]) -> Answer:
        """Answer a request."""
        self.asked.append(path)
        ways: dict[str, Callable[[dict[str, str]], Answer]] = {
            "/.well-known/openid-configuration": self.discover,
            "/authorize": self.authorize,
            "/token": self.exchange,
            "/keys": self.keys,
            "/userinfo": self.tell,
        }
        return ways[path](asked) if path in ways else (404, {}, b"")


def _json(content: dict[str, Any]) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(content).encode()


@contextmanager
def providing() -> Iterator[Provider]:
    """Let a provider listen within the block."""
    provider = Provider()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, asked: str) -> None:
            status, headers, body = provider.answer(urlsplit(self.path).path, dict(parse_qsl(asked)))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
