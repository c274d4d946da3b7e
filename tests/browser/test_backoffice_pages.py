"""Every page of the back office in a real browser: accessible, as wide as its window, silent on the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.looking import Critic
from tests.browser.visitors import HEDDA, Portal
from tests.guards.test_backoffice_doors import OURS, SAMPLES

from vermittlerpost.intake import actions as intake

FILES = {
    "desk_letter_pdf", "batch_file", "record_export", "record_export_found", "feeding_refusals", "letter_kind_pdf",
}  # fmt: skip
SEARCHES = ["/innendienst/vorgaenge/?suche=K-WB"]


def addresses() -> Iterator[str]:
    for route in OURS:
        if route.name not in FILES and set(route.arguments) <= set(SAMPLES):
            yield route.url()
    yield from SEARCHES


@pytest.mark.timeout(900)
def test_every_page_of_the_back_office_is_accessible_fits_a_small_telephone_and_says_nothing_to_the_console(
    portal: Portal, tmp_path: Path
) -> None:
    (tmp_path / "notices.csv").write_text("message_id;kind\nZ-9;gibt es nicht\n", encoding="utf-8")
    intake.feed(tmp_path / "notices.csv", by="feed")
    critic = Critic(portal.visitor(HEDDA))
    critic.look_at(addresses())
    assert critic.noted == []
    assert critic.looked_at > 20
