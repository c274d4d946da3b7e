"""Photograph the running demo for the documentation: `make screenshots`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path("docs/_static")
ADDRESS = "127.0.0.1:8765"
LONGEST_START = 600
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_LOGIN = re.compile(r"^(\S+)\s+(Einblick-in-die-Post)\s")


@dataclass(frozen=True)
class Picture:
    """A page, who looks at it (the place of his login in what the demo prints), and how wide his window is."""

    name: str
    path: str
    visitor: int
    width: int = 1280
    scheme: str = "light"
    follow: str = ""


ADMINISTRATOR, CLERK, SUB_AGENCY = 0, 1, 2
ALL = (
    Picture("overview", "/cockpit/", CLERK),
    Picture("mailbox", "/cockpit/vermittlerpost/?ordnung=frist", CLERK),
    Picture("mailbox-dark", "/cockpit/vermittlerpost/?ordnung=frist", CLERK, scheme="dark"),
    Picture("mailbox-phone", "/cockpit/vermittlerpost/", SUB_AGENCY, width=360),
    Picture("letter-page", "/cockpit/vermittlerpost/", CLERK, follow="tbody tr:nth-child(3) a"),
    Picture("notifications", "/services/mein-profil/e-mail-benachrichtigungen/", ADMINISTRATOR),
    Picture("administration", "/services/administration/", ADMINISTRATOR),
    Picture("coverage", "/services/administration/abdeckung/", ADMINISTRATOR),
)


def main() -> int:
    """Start the demo on a port of its own, take every picture, and end it."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("There is no chromium to look with.", file=sys.stderr)
        return 1
    with running_demo() as logins, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        for picture in ALL:
            take(browser, picture, *logins[picture.visitor])
        browser.close()
    return 0


@contextmanager
def running_demo() -> Iterator[list[tuple[str, str]]]:
    """Run the demo, and return the logins that it prints."""
    environment = {**os.environ, "VERMITTLERPOST_LISTEN": ADDRESS, "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("vermittlerpost")), "demo"]
    demo = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        logins = _logins(demo)
        _wait_for_answer(f"http://{ADDRESS}/anmelden/")
        yield logins
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.communicate()


def _logins(demo: "subprocess.Popen[str]") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in demo.stdout or ():
        if match := _LOGIN.match(line):
            found.append((match[1], match[2]))
        elif found:
            return found
    raise RuntimeError("The demo ended without a login.")


def _wait_for_answer(url: str) -> None:
    for _ in range(LONGEST_START):
        try:
            urllib.request.urlopen(url)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(1)
        else:
            return
    raise TimeoutError(url)


def take(browser: Browser, picture: Picture, login_id: str, password: str) -> None:
    """Take one picture, of the first screen or so."""
    page = browser.new_page(
        base_url=f"http://{ADDRESS}",
        viewport={"width": picture.width, "height": 900 if picture.width > 500 else 740},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale="de-DE",
    )
    log_in(page, login_id, password)
    page.goto(picture.path)
    if picture.follow:
        page.locator(picture.follow).first.click()
        page.wait_for_load_state("networkidle")
    image = Image.open(BytesIO(page.screenshot()))
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(PICTURES / f"{picture.name}.png", optimize=True)
    page.close()


def log_in(page: Page, login_id: str, password: str) -> None:
    """Log in as everybody does."""
    page.goto("/anmelden/")
    page.get_by_label("Benutzerkennung").fill(login_id)
    page.get_by_label("Kennwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url("**/cockpit/**")


if __name__ == "__main__":
    raise SystemExit(main())
