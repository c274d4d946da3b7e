"""Look at pages as a critic does: rules of accessibility in both themes, the width of a telephone, the console."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

Scheme = Literal["light", "dark"]
Lacks = list[str]

_EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ONLY_COLOURS = ["color-contrast", "link-in-text-block"]
"""What else is looked at does not depend on the theme."""
_ASKED: dict[Scheme, dict[str, Any]] = {
    "light": {"runOnly": {"type": "tag", "values": _EVERY_RULE}, "resultTypes": ["violations"]},
    "dark": {"runOnly": {"type": "rule", "values": _ONLY_COLOURS}, "resultTypes": ["violations"]},
}
_TELEPHONE = 320
_LOOKED_AT = {200, 404}


def violations(page: Page) -> Lacks:
    """Return where a page breaks a rule of accessibility, in either theme."""
    page.evaluate(Axe().axe_script)
    return [f"({scheme}) {broken}" for scheme, asked in _ASKED.items() for broken in _broken(page, scheme, asked)]


def _broken(page: Page, scheme: Scheme, asked: dict[str, Any]) -> Lacks:
    # Whoever asks for less motion gets the other theme at once, not in shades that nobody could read.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


def excess(page: Page) -> Lacks:
    """Return by how much a page is wider than a small telephone; its window has its own width again afterwards."""
    size = page.viewport_size or ViewportSize(width=1440, height=900)
    page.set_viewport_size({"width": _TELEPHONE, "height": 900})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(size)
    return [f"is {width} wide"] if width > _TELEPHONE else []


@dataclass
class Critic:
    """Open pages one after the other in one window, and note what they lack."""

    page: Page
    looked_at: int = 0
    noted: Lacks = field(default_factory=list)

    def look_at(self, paths: Iterable[str]) -> None:
        """Look at pages, but not at addresses that only take something or lead elsewhere."""
        for path in paths:
            if self.page.request.get(path, max_redirects=0).status in _LOOKED_AT:
                self._said.clear()
                self.page.goto(path)
                self.looked_at += 1
                self.noted += [f"{path} {lack}" for lack in self._lacks()]

    def _lacks(self) -> Lacks:
        lacks = [*violations(self.page), *excess(self.page)]
        # Last, since a page may complain late, and when its window becomes narrow.
        return lacks + [one for one in self._said if "status of 404" not in one]

    @cached_property
    def _said(self) -> Lacks:
        said: Lacks = []
        self.page.on("console", lambda message: said.append(f"says {message.text}"))
        self.page.on("pageerror", lambda error: said.append(f"fails: {error}"))
        return said
