"""Aktuelles » MaklerTicker: who sees which article, and what of its text reaches the page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, CARLA, OLGA

from vermittlerpost.agencies.rules import Audience
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.lib import markdown
from vermittlerpost.news import actions as news
from vermittlerpost.news.rules import Draft

Visit = Callable[[str], Client]
LIST, ARCHIVE = "/aktuelles/maklerticker/", "/aktuelles/maklerticker/archiv/"
DRAFT = Draft(
    slug="neues-portal",
    title="Das neue Portal",
    teaser="Alles an einem Ort.",
    body="## Was neu ist\n\nAlles **an einem** Ort.",
    audience=Audience.ALL,
    valid_from=date(2026, 3, 16),
    valid_until=None,
)


@pytest.fixture(autouse=True)
def _noon(stage: None, turn_clock: Callable[[str], datetime]) -> None:
    turn_clock("2026-03-20 12:00")


def publish(**fields: Any) -> str:
    draft = replace(DRAFT, **fields)
    news.publish(draft, by="editor")
    return f"{LIST}{draft.slug}/"


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_names_what_is_valid_and_leads_to_it(visit: Visit) -> None:
    address = publish()
    page = text(visit(CARLA), LIST)
    assert (DRAFT.title in page, DRAFT.teaser in page, f'href="{address}"' in page) == (True, True, True)
    assert "<h2>Was neu ist" not in page
    assert "Alles <strong>an einem</strong> Ort." in text(visit(CARLA), address)


def test_an_empty_list_says_what_comes_here_and_how_to_hear_of_it(visit: Visit) -> None:
    page = text(visit(CARLA), LIST)
    assert "Zurzeit gibt es keine Meldungen" in page
    assert "Archiv" not in page


def test_what_is_over_is_in_the_archive_alone_and_says_so(visit: Visit) -> None:
    address = publish(valid_until=date(2026, 3, 19))
    client = visit(CARLA)
    assert DRAFT.title not in text(client, LIST)
    assert f'href="{ARCHIVE}"' in text(client, LIST)
    assert DRAFT.title in text(client, ARCHIVE)
    assert "Diese Meldung galt bis 19.03.2026" in text(client, address)


def test_what_is_not_for_one_is_neither_listed_nor_there(visit: Visit) -> None:
    address = publish(audience=Audience.ADMINISTRATORS)
    assert text(visit(ANNA), address)
    carla = visit(CARLA)
    assert DRAFT.title not in text(carla, LIST)
    assert carla.get(address).status_code == carla.get(f"{LIST}gibt-es-nicht/").status_code == 404


def test_what_is_not_valid_yet_or_was_withdrawn_is_not_there(visit: Visit) -> None:
    early = publish(slug="morgen", valid_from=date(2026, 3, 21))
    gone = publish()
    news.withdraw(DRAFT.slug, reason="Fehler", by="editor")
    assert [visit(ANNA).get(address).status_code for address in (early, gone)] == [404, 404]


def test_a_news_item_that_was_fed_for_an_agency_is_shown_to_those_who_see_the_agency(visit: Visit) -> None:
    row = DocumentRow(
        document_id="DOK-7", received_at=acts.moment("2026-03-20 06:00"), category="news", agency=cast.BONN,
        title="Saisonkennzeichen",
    )  # fmt: skip
    other = replace(row, document_id="DOK-8", category="statement_available")
    intake.put_documents([row, other], by="feed")
    assert "Saisonkennzeichen" in text(visit(CARLA), f"{LIST}DOK-7/")
    assert visit(OLGA).get(f"{LIST}DOK-7/").status_code == 404
    assert visit(CARLA).get(f"{LIST}DOK-8/").status_code == 404


def test_long_lists_are_read_page_by_page_without_gap_or_repetition(visit: Visit) -> None:
    days = [date(2026, 3, 1) + timedelta(number // 3) for number in range(45)]
    for number, day in enumerate(days):
        publish(slug=f"meldung-{number:02}", title=f"Meldung {number:02}", valid_from=day)
    client, address, seen = visit(CARLA), LIST, []
    while address:
        response = client.get(address)
        seen += [article.slug for article in response.context["articles"]]
        address = f"{LIST}?vor={response.context['next']}" if response.context["next"] else ""
    assert len(seen) == len(set(seen)) == 45
    assert seen[0] == "meldung-42"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klick](javascript:alert(1))",
        "![bild](https://fremd.example/zaehler.png)",
        '<a href="https://fremd.example" onclick="x()">klick</a>',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_harmful_survives_in_an_article(hostile: str) -> None:
    html = markdown.as_html(f"Vorher {hostile} nachher")
    assert not any(f"<{tag}" in html for tag in ("script", "img", "style", "iframe"))
    assert 'href="javascript' not in html
    assert "Vorher" in html
    assert "nachher" in html


def test_the_headings_of_an_article_lie_below_its_title_and_links_tell_nothing_to_strangers() -> None:
    html = markdown.as_html("# Eins\n\n###### Sechs\n\n[Seite](https://a.example)\n\n| A |\n| - |\n| 1 |")
    assert "<h2>Eins</h2>" in html
    assert "<h6>Sechs</h6>" in html
    assert 'rel="noopener noreferrer"' in html
    assert "<td>1</td>" in html
