"""Mein Cockpit » Dokumente: where the mails about documents, events and statements lead to."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, CARLA, DORA, EMIL, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.documents import queries
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.interfaces.portal.cockpit import documents as pages
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.categories import CATEGORIES

pytestmark = pytest.mark.usefixtures("stage")
Visit = Callable[[str], Client]
LIST = "/cockpit/dokumente/"
EVERY_RIGHT = ("basic", "view_portfolio", "document_archive")
OF_DOCUMENTS = sorted(notifications.document_categories())


def provide(document_id: str, at: str = "2026-03-02 06:30", **fields: str) -> None:
    with clock.turned_to(moment(at)):
        acts.provide(document_id, title=f"Titel {document_id}", **fields)


def listed(client: Client, query: str = "") -> list[str]:
    """Return the numbers of the documents on a page of the list, from top to bottom."""
    return [row["document"].document_id for row in client.get(LIST + query).context["rows"]]


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def link_in(home: Path, login_id: str) -> str:
    """Return where the one mail that somebody got leads to."""
    (mail,) = [one for one in acts.mails_in(home) if one["To"].startswith(login_id)]
    body = mail.get_body(("plain",))
    assert body is not None
    links: list[str] = re.findall(r"https?://[^/\s]+(/(?:cockpit|aktuelles)/\S*)", body.get_content())
    return links[0]


@pytest.fixture
def reader() -> str:
    """Let Carla have every right and want every mail about documents, and nobody else."""
    for login_id in (CARLA, OLGA, DORA):
        cast.change_user(login_id, rights=EVERY_RIGHT)
    for category in OF_DOCUMENTS:
        cast.choose(ANNA, category, wanted=False)
        cast.choose(CARLA, category, wanted=True)
    return CARLA


@pytest.mark.parametrize("number", ["DOK-2026-1", "A:1/2026+B@C"])
@pytest.mark.parametrize("category", OF_DOCUMENTS)
def test_the_link_of_a_mail_opens_for_its_recipient_and_leads_nobody_else_anywhere(
    category: str, number: str, reader: str, home: Path, visit: Visit
) -> None:
    provide(number, category=category)
    acts.mornings("2026-03-02")
    link = link_in(home, reader)
    assert f"Titel {number}" in text(visit(reader), link)
    for foreigner in (OLGA, DORA):
        assert visit(foreigner).get(link).status_code == 404
    assert visit(reader).get(link.replace("26", "27")).status_code == 404


@pytest.mark.parametrize("category", ["archive_document", "portfolio_event", "statement_available"])
def test_the_link_of_a_mail_about_several_leads_to_their_list(
    category: str, reader: str, home: Path, visit: Visit
) -> None:
    for number in ("DOK-1", "DOK-2"):
        provide(number, category=category)
    acts.mornings("2026-03-02")
    assert link_in(home, reader) == LIST
    assert listed(visit(reader)) == ["DOK-2", "DOK-1"]


@pytest.mark.parametrize("category", OF_DOCUMENTS)
@pytest.mark.parametrize("rights", [("basic",), ("basic", "view_portfolio"), ("basic", "document_archive")])
def test_mail_and_page_ask_for_the_same_right(category: str, rights: tuple[str, ...], visit: Visit) -> None:
    cast.change_user(BERND, rights=rights)
    cast.choose(BERND, category, wanted=True)
    provide("DOK-1", category=category)
    acts.mornings("2026-03-02")
    is_told = acts.decisions("DOK-1")[BERND] == ("mailed", None)
    assert is_told == (CATEGORIES[category].right in rights)
    assert (visit(BERND).get(f"{LIST}DOK-1/").status_code == 200) == is_told
    assert listed(visit(BERND)) == ["DOK-1"] * is_told


def test_who_loses_the_right_before_a_mail_leaves_is_not_told(reader: str) -> None:
    provide("DOK-1", category="archive_document")
    provide("DOK-2", category="portfolio_event")
    with clock.turned_to(moment("2026-03-02 07:00")):
        rounds.announce()
    cast.change_user(CARLA, rights=("basic", "view_portfolio"))
    with clock.turned_to(moment("2026-03-02 12:00")):
        rounds.post()
    assert acts.decisions("DOK-1")[CARLA] == ("withdrawn", "no_right")
    assert acts.decisions("DOK-2")[CARLA] == ("mailed", None)


def test_a_missing_right_to_the_archive_is_named_where_the_mails_are_set(visit: Visit) -> None:
    cast.choose(BERND, "archive_document", wanted=True)
    assert "Ja, aber das Recht „Dokumentenarchiv“ fehlt" in text(visit(BERND), "/services/mein-profil/")


def test_a_document_tells_what_is_known_of_it(visit: Visit) -> None:
    provide("DOK-1", "2026-03-02 07:15")
    told = text(visit(ANNA), f"{LIST}DOK-1/")
    for words in ("Titel DOK-1", "Abrechnungen", "4710 Agentur Bonn", "02.03.2026, 07:15 Uhr", "02.03.2026, 06:30 Uhr"):
        assert words in told


def test_the_newest_come_first_and_a_scope_shows_its_own_only(visit: Visit) -> None:
    provide("DOK-1", "2026-03-02 06:30")
    provide("DOK-2", "2026-03-04 06:30", agency=cast.BERLIN)
    provide("DOK-3", "2026-03-03 06:30", agency=cast.HAMBURG, category="portfolio_event")
    assert listed(visit(ANNA)) == ["DOK-2", "DOK-1"]
    assert listed(visit(DORA)) == ["DOK-2"]
    assert listed(visit(OLGA)) == ["DOK-3"]
    assert listed(visit(EMIL)) == []


def test_a_category_and_an_agency_narrow_the_list_and_never_widen_it(visit: Visit) -> None:
    cast.change_user(BERND, rights=EVERY_RIGHT)
    provide("DOK-1", category="archive_document")
    provide("DOK-2", category="portfolio_event")
    provide("DOK-3", category="portfolio_event", agency=cast.BERLIN)
    provide("DOK-4", category="portfolio_event", agency=cast.HAMBURG)
    assert listed(visit(BERND), "?kategorie=archive_document") == ["DOK-1"]
    assert listed(visit(BERND), "?kategorie=portfolio_event&agentur=4710") == ["DOK-2"]
    assert listed(visit(BERND), "?agentur=5000") == []
    assert listed(visit(CARLA), "?kategorie=archive_document") == []
    assert listed(visit(BERND), "?kategorie=nonsense&nach=nonsense") == []


def test_pages_follow_one_another_without_gap_or_repetition(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_ROWS", 2)
    for number in range(5):
        provide(f"DOK-{number}", f"2026-03-0{2 + number // 3} 06:30", agency=(cast.BONN, cast.BERLIN)[number % 2])
    client, seen, query = visit(ANNA), [], ""
    while True:
        answer = client.get(LIST + query)
        seen += [row["document"].document_id for row in answer.context["rows"]]
        if not answer.context["after"]:
            break
        query = f"?nach={answer.context['after']}"
    assert seen == ["DOK-4", "DOK-3", "DOK-2", "DOK-1", "DOK-0"]


def test_an_empty_list_explains_itself(visit: Visit) -> None:
    assert "Noch kein Dokument" in text(visit(ANNA), LIST)
    assert "Kein Dokument passt zu dieser Auswahl" in text(visit(ANNA), f"{LIST}?agentur=4711")
    assert "Ihnen fehlt das Recht, Dokumente zu sehen" in text(visit(EMIL), LIST)


def test_navigation_and_overview_lead_there(visit: Visit) -> None:
    with clock.turned_to(moment("2026-03-03 09:00")):
        provide("DOK-1")
        told = text(visit(ANNA), "/cockpit/")
    assert f'<a href="{LIST}DOK-1/">Titel DOK-1</a>' in told
    assert "Neu bereitgestellt" in told
    places = visit(ANNA).get(LIST).context["areas"][0]["places"]
    assert [place["title"] for place in places] == ["Übersicht", "Vermittlerpost", "Vorgänge", "Dokumente"]
    assert [place["name"] for place in places if place["is_here"]] == ["documents"]


def test_a_firm_of_many_agencies_types_the_number(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vermittlerpost.interfaces.portal.cockpit.offices.TO_CHOOSE_FROM", 4)
    assert '<input id="agentur"' in text(visit(ANNA), LIST)
    assert '<select id="agentur"' in text(visit(CARLA), LIST)


def test_what_may_be_seen_is_what_the_list_shows(visit: Visit) -> None:
    for number, agency in enumerate((cast.BONN, cast.BERLIN, cast.HAMBURG)):
        provide(f"DOK-{number}", agency=agency)
    for login_id in cast.SCOPE:
        user = agencies.user(login_id)
        seen = {one.document_id for one in queries.visible_to(user, OF_DOCUMENTS)}
        found = queries.newest(user, OF_DOCUMENTS, after=queries.Place(), limit=100)
        assert {one.document_id for one in found} == seen
