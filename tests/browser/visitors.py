"""People before their screens."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page
from tests.browser.serving import Served

from vermittlerpost.agencies import queries as agencies

PASSWORD = "Leuchtturm-am-Deich-17"
HEDDA = "hedda"
"""Who works at the insurer and has every role."""
_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"


@dataclass(frozen=True)
class Portal:
    """The portal and the browser in front of it."""

    served: Served
    browser: Browser

    def visitor(self, login_id: str = "", *, width: int = 1440, language: str = "de", **options: Any) -> Page:
        """Open a window, of somebody who is logged in already if he is named; options are those of the browser."""
        context = self.browser.new_context(
            base_url=self.served.url, viewport={"width": width, "height": 900}, locale="de-DE", **options
        )
        context.set_default_timeout(15_000)
        cookies = {"django_language": language}
        if login_id:
            client = Client()
            client.force_login(agencies.user(login_id), backend=_BACKEND)
            cookies["vermittlerpost"] = client.cookies["vermittlerpost"].value
        context.add_cookies([{"name": name, "value": value, "url": self.served.url} for name, value in cookies.items()])
        return context.new_page()
