"""Einlieferungen: what was refused is kept for inspection and can be inspected (R11)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries
from vermittlerpost.lib import clock

Work = Callable[[str], Client]
HEAD = "application_id;received_at;vin;evb;plate;agency"
GOOD = f"A-1;2026-02-16T08:00:00;{acts.VIN};;;"


@pytest.fixture
def feed(staff: None, tmp_path: Path) -> Callable[..., int]:
    """Return a function that feeds a file and returns the number of its feeding."""

    def write_and_feed(*lines: str, at: str = "2026-02-16 09:00") -> int:
        path = tmp_path / "applications.csv"
        path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
        with clock.turned_to(acts.moment(at)):
            return intake.feed(path, by="feed").number

    return write_and_feed


def said(client: Client, name: str, *where: object, **asked: str) -> str:
    return client.get(reverse(name, args=where), asked).content.decode()


def test_files_are_listed_by_day_with_their_counts(feed: Callable[..., int], work: Work) -> None:
    first = reverse("feeding", args=[feed(GOOD, "A-2;gestern;;;;")])
    second = reverse("feeding", args=[feed(GOOD, at="2026-02-17 09:00")])
    page = said(work(HEDDA), "feedings")
    assert page.index("Di., 17.02.2026") < page.index(second) < page.index("Mo., 16.02.2026") < page.index(first)
    assert "An diesem Tag 1 Datei; Zeilen: 1 übernommen, 0 bekannt, 1 abgewiesen, 0 mit Warnung." in page
    of_a_day = said(work(HEDDA), "feedings", tag="2026-02-17")
    assert (second in of_a_day, first in of_a_day) == (True, False)
    refused = said(work(HEDDA), "feedings", abgewiesen="1")
    assert (second in refused, first in refused) == (False, True)


def test_a_file_shows_row_column_value_and_rule_of_what_was_refused(feed: Callable[..., int], work: Work) -> None:
    number = feed("A-2;gestern;;;;")
    refused = queries.refused_in(number).first()
    assert refused
    page = said(work("auditor"), "feeding", number)
    assert '<th scope="row">2</th>' in page
    assert "gestern" in page
    assert refused.rule in page


def test_many_refusals_are_paged_and_handed_out_whole(feed: Callable[..., int], work: Work) -> None:
    number = feed(*(f"A-{row};=gestern;;;;" for row in range(2, 252)))
    kept = [(one.row, one.id) for one in queries.refused_in(number)]
    client, seen, behind = work("administrator"), list[tuple[int, int]](), ""
    while True:
        context = client.get(reverse("feeding", args=[number]), {"nach": behind}).context
        seen += [(cell.row, cell.id) for cell in context["cells"]]
        behind = context["next"]
        if not behind:
            break
    assert seen == kept
    answer = client.get(reverse("feeding_refusals", args=[number]))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Zeile;Spalte;Wert;Regel"
    assert len(lines) == len(kept) + 1
    assert lines[1].startswith("2;received_at;'=gestern;"), "no spreadsheet takes it for a formula"


def test_many_files_are_paged(feed: Callable[..., int], work: Work) -> None:
    numbers = [feed(GOOD) for _ in range(53)]
    client, seen, before = work(HEDDA), list[int](), ""
    while True:
        context = client.get(reverse("feedings"), {"vor": before}).context
        seen += [row["file"].id for day in context["days"] for row in day["files"]]
        before = context["older"]
        if not before:
            break
    assert seen == numbers[::-1]


@pytest.mark.parametrize("asked", [{"tag": "0001-01-01"}, {"tag": "morgen"}, {"vor": "x"}, {"vor": "9" * 40}])
def test_a_senseless_address_shows_everything(asked: dict[str, str], feed: Callable[..., int], work: Work) -> None:
    feed(GOOD)
    assert "applications.csv" in said(work(HEDDA), "feedings", **asked)


def test_a_file_without_refusals_says_so(feed: Callable[..., int], work: Work) -> None:
    number = feed(GOOD)
    assert "Nichts abgewiesen" in said(work(HEDDA), "feeding", number)
    assert work(HEDDA).get(reverse("feeding", args=[number + 1])).status_code == 404
