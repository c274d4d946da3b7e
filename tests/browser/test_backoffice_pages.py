"""Every page of the back office in a real browser: accessible, as wide as its window, silent on the console."""

from collections.abc import Iterator

import pytest
from tests.browser.test_pages import SCHEMES, opened, violations
from tests.browser.visitors import HEDDA, Portal
from tests.guards.test_backoffice_doors import OURS, SAMPLES

FILES = {"desk_letter_pdf", "batch_file", "record_export", "letter_kind_pdf"}
SEARCHES = ["/innendienst/vorgaenge/?suche=K-WB"]


def addresses() -> Iterator[str]:
    for route in OURS:
        if route.name not in FILES and set(route.arguments) <= set(SAMPLES):
            yield route.url()
    yield from SEARCHES


@pytest.mark.timeout(900)
def test_no_page_of_the_back_office_breaks_a_rule_of_accessibility(portal: Portal) -> None:
    page, broken, looked_at = portal.visitor(HEDDA, reduced_motion="reduce"), [], 0
    for path in opened(page, list(addresses())):
        looked_at += 1
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            broken += [f"{path} ({scheme}): {violation}" for violation in violations(page)]
    assert broken == []
    assert looked_at > 20


@pytest.mark.timeout(600)
def test_no_page_of_the_back_office_is_wider_than_a_small_telephone_or_complains(portal: Portal) -> None:
    wrong: list[str] = []
    note = wrong.append
    page = portal.visitor(HEDDA, width=320)
    page.on("console", lambda message: note(f"{message.location['url']}: {message.text}"))
    page.on("pageerror", lambda error: note(str(error)))
    for path in opened(page, list(addresses())):
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{path} is {width} wide"] if width > 320 else []
    assert [one for one in wrong if "status of 404" not in one] == []
