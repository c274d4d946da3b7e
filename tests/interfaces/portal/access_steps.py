"""What one does to get into the portal, step by step, as a browser does it."""

import base64
import hashlib
import hmac
import html
import re
import struct
import time
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.notifications.models import Mail

PASSWORD = "Rhabarber Laterne Zugvogel"
OTHER_PASSWORD = "Kachelofen Nebelhorn Distel"


def give_password(login_id: str, password: str = PASSWORD) -> None:
    """Let a user have a password, as if he had chosen it."""
    agencies.change_password(queries.user(login_id), password, by="cast")


def log_in(client: Client, login_id: str, password: str = PASSWORD, **more: str) -> Any:
    """Send the form of the login page."""
    return client.post(reverse("account_login"), {"login": login_id, "password": password, **more})


def visitor(login_id: str) -> Client:
    """Return the browser of somebody who has just logged in with his password."""
    give_password(login_id)
    client = Client()
    assert log_in(client, login_id).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Tell whether a browser is logged in, by a page that asks for it."""
    return bool(client.get(reverse("overview")).status_code == 200)


def link_of(message: str, address: str | None = None) -> str:
    """Return the link of the latest mail of a kind, as it is clicked."""
    mails = Mail.objects.filter(message=message)
    if address is not None:
        mails = mails.filter(address=address)
    return str((mails.latest("made_at", "id").content or {})["link"])


def text_of(response: Any) -> str:
    """Return what a page says, without its markup."""
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def totp(secret: str, steps_ahead: int = 0) -> str:
    """Compute what an authenticator app shows (RFC 6238), now or some half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps_ahead)  # noqa: TID251 (the app's clock is the real one)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def set_up_app(client: Client) -> str:
    """Set up an authenticator app, and return its secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'<code class="code">([A-Z2-7]+)</code>', page)
    assert found, page
    answer = client.post(reverse("mfa_activate_totp"), {"code": totp(found[1])})
    assert answer.status_code == 302, text_of(answer)
    cache.clear()  # the half minute in which a code was used is over
    return found[1]
