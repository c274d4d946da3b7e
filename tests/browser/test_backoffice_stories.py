"""A day at the insurer's screens: each worklist is worked off by clicking, by the role that may, and by nobody else."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker
from tests import acts, cast
from tests.browser import desks, houses
from tests.browser.desks import (
    ASKED,
    CANCELLED,
    IN_BATCH,
    INGO,
    JULE,
    POSTED,
    PROPOSABLE,
    PROPOSED,
    STUCK,
    THE_OTHER,
    THIS_MORNING,
    UNCLEAR,
    choose,
    press,
    unfold,
)
from tests.browser.visitors import Portal
from tests.guards.test_backoffice_doors import OURS

from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries as of_cases
from vermittlerpost.cases.rules import State
from vermittlerpost.intake import queries as intake
from vermittlerpost.interfaces.api.application import api
from vermittlerpost.interfaces.backoffice.lists import WORKLISTS
from vermittlerpost.letters import queries as written
from vermittlerpost.news import queries as asked
from vermittlerpost.notifications import queries as mails

Desk = Callable[..., Page]

LISTS = {
    StaffRole.CASE_WORKER: {one.title for one in WORKLISTS},
    StaffRole.APPROVER: {"Kündigungen freigeben"},
    StaffRole.PRINT: {"Rückläufer"},
    StaffRole.EDITOR: set[str](),
    StaffRole.ADMINISTRATOR: {"Liegen geblieben", "Gesperrte Adressen", "Niemand liest mit"},
    StaffRole.AUDITOR: {one.title for one in WORKLISTS},
}
"""What each role finds on its first page."""


@pytest.fixture(scope="module")
def furnished(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return a database with an entry in every worklist, as on the Tuesday after Easter 2026."""
    with django_db_blocker.unblock(), houses.furnished(desks.furnish) as name:
        yield name


@pytest.fixture
def desk(portal: Portal) -> Desk:
    """Return a function that opens the first page of somebody of the staff."""
    portal.served.at = acts.moment(THIS_MORNING)

    def open_page(login_id: str, **options: Any) -> Page:
        page = portal.visitor(login_id, **options)
        page.goto("/innendienst/")
        return page

    return open_page


def token_of(page: Page) -> str:
    return page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()


def post(page: Page, path: str, token: str, **fields: str) -> int:
    """Send a form again that was sent before, as a program would; return the status of the answer."""
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, **fields}
    return page.request.post(path, form=form, max_redirects=0).status


def proposal(message: str = PROPOSED) -> str:
    return f"/innendienst/kuendigungen/{acts.intake_case(message)}/"


def test_each_role_finds_its_lists_and_no_other_opens(desk: Desk) -> None:
    for role in StaffRole:
        page = desk(role.value)
        assert set(page.locator("main h2 a").all_inner_texts()) == LISTS[role]
        closed = [one for one in WORKLISTS if one.title not in LISTS[role]]
        assert {page.request.get(reverse(one.name)).status for one in closed} <= {403}, role


@pytest.mark.parametrize("script", [True, False])
def test_the_case_worker_clears_a_registration_with_one_click(desk: Desk, script: bool) -> None:
    page = desk("case_worker", java_script_enabled=script)
    choose(page, "Klärfälle")
    expect(page.locator("main")).to_contain_text("gleicher Name")
    press(page, f"Gehört hierzu : eVB {acts.EVB}")
    assert (acts.case(UNCLEAR).state, acts.case(UNCLEAR).agency_id) == (State.GRACE, cast.BONN)


def test_the_case_worker_says_which_case_an_application_answers(desk: Desk) -> None:
    page = desk("case_worker")
    choose(page, "Unklare Meldungen")
    press(page, f"Dieser Vorgang {acts.intake_case(THE_OTHER)}")
    assert acts.case(THE_OTHER).state == State.CLOSED
    assert not intake.applications_to_clear().exists()


def test_one_proposes_and_another_approves_before_the_agency_learns_of_it(desk: Desk) -> None:
    page = desk("case_worker")
    choose(page, "Kündigungen vorschlagen")
    press(page, "Kündigung vorschlagen")
    page = desk("approver")
    choose(page, "Kündigungen freigeben")
    page.get_by_role("link", name=acts.case(PROPOSABLE).plate).click()
    expect(page.locator("main")).to_contain_text("Vorgeschlagen von case_worker")
    press(page, "Freigeben und Agentur benachrichtigen")
    assert acts.letter(PROPOSABLE).kind == "evb_cancellation"


def test_the_approver_declines_with_a_reason(desk: Desk) -> None:
    page = desk("approver")
    choose(page, "Kündigungen freigeben")
    page.locator("main").get_by_label("Grund").fill("Antrag ist angekündigt")
    press(page, "Ablehnen")
    (decided,) = of_cases.cancellations_of(acts.intake_case(PROPOSED))
    assert (decided.approved, decided.answer, decided.decided_by) == (False, "Antrag ist angekündigt", "approver")


def test_the_case_worker_lets_the_cover_stay_for_which_an_application_came(desk: Desk) -> None:
    page = desk("case_worker")
    choose(page, "Antrag nach Kündigung")
    press(page, "Kündigung zurücknehmen")
    assert acts.letter(CANCELLED).kind == "cancellation_withdrawn"
    assert not of_cases.answered_cancellations().exists()


def test_the_case_worker_answers_an_agency_and_its_case_goes_on(desk: Desk) -> None:
    page = desk("case_worker")
    choose(page, "Rückfragen")
    expect(page.locator("main")).to_contain_text("Verkauft.")
    page.get_by_label("Antwort an die Agentur").fill("Bitte senden Sie uns die Abmeldung.")
    press(page, "Antworten")
    assert (acts.letter(ASKED).kind, acts.case(ASKED).held_until) == ("inquiry", None)


def test_the_case_worker_notes_that_a_question_was_answered(desk: Desk) -> None:
    page = desk("case_worker")
    choose(page, "Anfragen an den Kontakt")
    press(page, "Als beantwortet vermerken")
    expect(page.get_by_role("heading", name="Alles erledigt")).to_be_visible()
    assert not asked.unanswered().exists()


def test_whoever_prints_hands_a_batch_over_and_sends_returned_post_again(desk: Desk) -> None:
    page = desk("print")
    choose(page, "Rückläufer")
    unfold(page, "Noch einmal senden", "Hausnummer ergänzt")
    page.get_by_role("link", name="Druck", exact=True).click()
    expect(page.get_by_role("button", name="Stapel bilden (1 Schreiben warten)")).to_be_enabled()
    press(page, "Als übergeben vermerken")
    assert acts.delivery_of(acts.letter(IN_BATCH).id).state == "handed_over"
    assert acts.delivery_of(acts.letter(POSTED).id).state == "to_print"


def test_the_administrator_lets_a_pdf_be_made_again_and_an_address_be_written_to(desk: Desk) -> None:
    page = desk("administrator")
    choose(page, "Liegen geblieben")
    expect(page.locator("main")).to_contain_text(acts.letter(STUCK).id)
    unfold(page, "Erneut versuchen", "Name ist berichtigt")
    assert not written.stuck().exists()
    page.goto("/innendienst/")
    choose(page, "Gesperrte Adressen")
    press(page, "Wieder anschreiben")
    assert not mails.suppressions().exists()


def test_the_administrator_sees_where_nobody_reads_and_lets_a_colleague_in(desk: Desk) -> None:
    page = desk("administrator")
    choose(page, "Niemand liest mit")
    expect(page.locator("main")).to_contain_text(cast.FIRMS[cast.OSTERTAG].name)
    page.get_by_role("link", name="Personen", exact=True).click()
    page.locator("main").get_by_role("link", name="Person anlegen").click()
    page.get_by_label("Benutzerkennung").fill("rosa")
    page.get_by_label("Vor- und Nachname").fill("Rosa Lind")
    page.get_by_label("E-Mail-Adresse").fill("rosa.lind@nordlicht.example")
    page.get_by_label("Druck", exact=True).check()
    page.locator("main form").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("Rosa Lind ist angelegt")
    assert queries.user("rosa").roles == ["print"]


def test_the_editor_sees_an_article_before_others_do(desk: Desk) -> None:
    page = desk("editor")
    expect(page.get_by_role("heading", name="Keine Arbeitslisten für Ihre Rolle")).to_be_visible()
    page.get_by_role("link", name="MaklerTicker", exact=True).click()
    page.get_by_role("link", name="Neue Meldung").click()
    page.get_by_label("Titel").fill("Neue Öffnungszeiten")
    page.get_by_label("Kurzname").fill("oeffnungszeiten")
    page.get_by_label("Anreißer").fill("Ab Mai länger.")
    page.get_by_label("Text", exact=True).fill("Wir sind **bis 18 Uhr** da.")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.locator("article strong")).to_have_text("bis 18 Uhr")
    assert not asked.everything().exists()
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("row").filter(has_text="Neue Öffnungszeiten")).to_be_visible()


def test_the_auditor_opens_everything_and_is_offered_nothing_to_change(desk: Desk) -> None:
    page, offered = desk("auditor"), []
    for one in WORKLISTS:
        page.goto(reverse(one.name))
        offered += [one.title for _ in page.locator("main form[method=post]").filter(visible=True).all()]
    assert offered == []
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    changing = [route.url() for route in OURS if StaffRole.AUDITOR not in route.roles]
    assert {post(page, url, token, reason="So nicht", choice="x") for url in changing} == {403}


def test_who_has_both_roles_is_stopped_in_a_second_tab_as_well(desk: Desk) -> None:
    page = desk(INGO)
    tab = page.context.new_page()
    for one in (page, tab):
        one.goto("/innendienst/kuendigungen/freigabe/")
        expect(one.locator("main")).to_contain_text("Diesen Vorschlag haben Sie selbst gemacht")
        assert one.get_by_role("button", name="Freigeben und Agentur benachrichtigen").count() == 0
    page.goto("/innendienst/kuendigungen/")
    assert post(tab, f"{proposal()}freigeben/", token_of(page)) == 302
    tab.reload()
    expect(tab.locator("main")).to_contain_text("Diesen Vorschlag haben Sie selbst gemacht")
    assert acts.case(PROPOSED).state == State.CANCELLATION_PROPOSED


def test_an_approval_that_is_sent_again_cancels_nothing_else(desk: Desk) -> None:
    page = desk(JULE)
    page.goto("/innendienst/kuendigungen/freigabe/")
    token = token_of(page)
    press(page, "Freigeben und Agentur benachrichtigen")
    before = acts.written(PROPOSED)
    assert post(page, f"{proposal()}freigeben/", token) == 302
    assert acts.written(PROPOSED) == before
    page.goto("/innendienst/kuendigungen/")
    press(page, "Kündigung vorschlagen")
    assert post(page, f"{proposal(PROPOSABLE)}freigeben/", token) == 302
    assert acts.case(PROPOSABLE).state == State.CANCELLATION_PROPOSED


def test_a_case_worker_who_sends_the_approver_s_form_is_refused(desk: Desk) -> None:
    page = desk("case_worker")
    page.goto("/innendienst/kuendigungen/")
    assert post(page, f"{proposal()}freigeben/", token_of(page)) == 403
    assert acts.case(PROPOSED).state == State.CANCELLATION_PROPOSED


def test_no_program_proposes_or_approves_over_rest() -> None:
    operations = {
        operation["operationId"]: f"{method} {path}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }
    changing = {path for path in operations.values() if not path.startswith("get ")}
    assert changing
    assert [path for path in changing if re.search("cancel|approv|decid|propos|kuendig", path)] == []
    assert [path for path in changing if "/cases" in path or "{case}" in path] == []
