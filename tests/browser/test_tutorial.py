"""The tutorial of a day is followed word by word: its commands as they stand, its pages by their words."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from tests.browser.desks import choose, give_reason, press
from tests.interfaces.test_serve import free_port

from vermittlerpost.interfaces.backoffice.lists import WORKLISTS
from vermittlerpost.interfaces.ops import visitors

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "a-day-of-an-insurer.md"
START = "make demo"
LONGEST_START = 500
CANCELLED, CLEARED = "KÜN-A 4185", "BN-JA 1506"


def sections() -> dict[str, str]:
    """Return the tutorial's sections by their headings."""
    _, *parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {heading: text for heading, _, text in (part.partition("\n") for part in parts)}


def blocks(section: str) -> list[list[str]]:
    """Return the console blocks of a section, each as its lines."""
    return [found.splitlines() for found in re.findall(r"^```console\n(.*?)^```", section, re.DOTALL | re.MULTILINE)]


@dataclass
class Reader:
    """Somebody with a shell and a browser, who follows the tutorial in a folder of the product."""

    folder: Path
    environment: Mapping[str, str]
    page: Page
    sourced: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def type(self, block: list[str]) -> None:
        """Type the commands of a block, and find what it prints among what comes out."""
        commands = [line.removeprefix("$ ") for line in block if line.startswith("$ ")]
        script = "\n".join(["set -e", *self.sourced, *commands])
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}: {done.stdout}{done.stderr}"
        self.sourced += [command for command in commands if command.startswith((". ", "export "))]
        said = re.sub(" +", " ", done.stdout)
        for line in (re.sub(" +", " ", line) for line in block if not line.startswith("$ ")):
            pattern = "^" + re.escape(line).replace("…", ".*") + "$"
            assert re.search(pattern, said, re.MULTILINE), f"{line!r} is not in {said!r}"

    def enter(self, login_id: str) -> None:
        """Log out, if somebody is in, and in."""
        self.page.goto("/innendienst/")
        if self.page.locator("details.menu").count():
            self.page.locator("details.menu > summary").click()
            self.look()
            self.page.get_by_role("button", name="Abmelden").click()
        self.page.goto("/innendienst/")
        self.page.get_by_label("Benutzerkennung").fill(login_id)
        self.page.get_by_label("Kennwort", exact=True).fill(visitors.KEY)
        self.page.get_by_role("button", name="Anmelden").click()

    def look(self) -> None:
        """Remember what is to be seen."""
        self.seen.append(" ".join(self.page.locator("body").inner_text().split()))

    def open(self, title: str) -> None:
        self.page.get_by_role("link", name="Aufgaben", exact=True).first.click()
        self.look()
        choose(self.page, title)
        self.look()

    def pick(self, plate: str) -> None:
        self.page.get_by_role("navigation", name="Offene Einträge").get_by_role("link", name=plate).click()
        expect(self.page.get_by_role("heading", level=2, name=plate)).to_be_visible()
        self.look()

    def press(self, name: str) -> None:
        press(self.page, name)
        self.look()


def every_worklist_holds_something(reader: Reader) -> None:
    reader.enter("rike")
    for one in WORKLISTS:
        reader.page.goto(reverse(one.name))
        assert reader.page.locator("main .empty").count() == 0, one.title
    reader.page.goto(reverse("transfers"))
    expect(reader.page.locator("main section").first.get_by_role("row")).to_have_count(2)
    reader.page.goto(reverse("articles"))
    expect(reader.page.locator("main").get_by_role("row")).not_to_have_count(0)


def clear(reader: Reader) -> None:
    reader.enter("hedda")
    reader.open("Klärfälle")
    reader.pick(CLEARED)
    reader.press("Gehört hierzu")


def cancel(reader: Reader) -> None:
    reader.open("Kündigungen vorschlagen")
    reader.pick(CANCELLED)
    reader.press("Kündigung vorschlagen")
    reader.enter("frieder")
    reader.open("Kündigungen freigeben")
    reader.pick(CANCELLED)
    reader.press("Freigeben und Agentur benachrichtigen")


def hand_over(reader: Reader) -> None:
    reader.enter("paula")
    reader.page.get_by_role("link", name="Druck", exact=True).click()
    reader.look()
    expect(reader.page.get_by_role("button", name="Stapel bilden")).to_be_enabled()
    reader.press("Als übergeben vermerken")


def send_again(reader: Reader) -> None:
    reader.open("Rückläufer")
    row = reader.page.get_by_role("row").last
    expect(row).to_contain_text("S-69A7-9D61-4E2TE")
    row.locator("summary").first.click()
    reader.look()
    give_reason(row, "Neue Anschrift liegt vor")
    expect(reader.page.get_by_role("status")).to_contain_text("S-69A7-9D61-4E2TE")


PAGES: dict[str, Callable[[Reader], None] | None] = {
    "Open the house": every_worklist_holds_something,
    "A file arrives": None,
    "A clarification": clear,
    "A cancellation, by two": cancel,
    "Post leaves": hand_over,
    "Post comes back": send_again,
    "Prove it": None,
    "Back up, and restore aside": None,
    "In the evening": None,
}
"""What is done in the browser in each section, after its commands."""


@pytest.fixture
def reader(tmp_path: Path, chromium: Browser) -> Iterator[Reader]:
    """Return a reader in a folder in which the demo runs, as a fresh clone would make it."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    address = f"127.0.0.1:{free_port()}"
    house = {"VERMITTLERPOST_LISTEN": address, "VERMITTLERPOST_WEB_WORKERS": "1", "PYTHONUNBUFFERED": "1"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("VERMITTLERPOST_", "DATABASE"))}
    command = [Path(sys.executable).with_name("vermittlerpost"), START.removeprefix("make ")]
    with (tmp_path / "demo.log").open("w") as log:
        demo = psutil.Popen(command, cwd=tmp_path, env=plain | house, stdout=log, stderr=log)
    try:
        _wait_for(f"http://{address}/anmelden/", demo)
        page = chromium.new_page(base_url=f"http://{address}", locale="de-DE", viewport={"width": 1440, "height": 900})
        yield Reader(folder=tmp_path, environment=plain, page=page)
        page.close()
    finally:
        demo.terminate()
        demo.wait(60)


def _wait_for(url: str, demo: psutil.Popen) -> None:
    for _ in range(LONGEST_START):
        try:
            urlopen(url, timeout=10).close()
        except (URLError, ConnectionError, TimeoutError):
            assert demo.poll() is None, "The demo ended."
            time.sleep(1)
        else:
            return
    pytest.fail("The demo did not begin.")


@pytest.mark.timeout(900)
def test_the_tutorial_of_a_day_can_be_followed_word_by_word(reader: Reader) -> None:
    found = sections()
    assert list(found) == list(PAGES)
    for heading, text in found.items():
        for block in blocks(text):
            if block != [f"$ {START}"]:
                reader.type(block)
        reader.seen.clear()
        if act := PAGES[heading]:
            act(reader)
            named = {" ".join(word.split()) for word in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
            assert {word for word in named if not any(word in page for page in reader.seen)} == set(), heading
