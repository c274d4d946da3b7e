"""Each worklist is worked off in the browser, and what is done twice is done once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA, INGO

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import State, Subject
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.intake import queries as intake
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock
from vermittlerpost.news import actions as news
from vermittlerpost.notifications import actions as notifications

Work = Callable[[str], Client]


def said(client: Client, name: str, **arguments: object) -> str:
    """Return a page as text."""
    return client.get(reverse(name, kwargs=arguments)).content.decode()


@pytest.fixture
def proposed(staff: None) -> str:
    acts.register()
    acts.mornings(*acts.EVERY_STEP)
    return acts.intake_case("Z-1")


def test_a_clarification_is_solved_with_one_click(work: Work) -> None:
    case = acts.register(evb="NL7K2P4")
    hedda = work(HEDDA)
    page = said(hedda, "clarifications")
    assert "eVB NL7K2P9" in page
    assert "gleicher Name" in page
    hedda.post(reverse("clarification_clear", args=[case]), {"choice": acts.EVB, "reason": "Zahlendreher"})
    assert (acts.case().state, acts.case().agency_id) == (State.GRACE, cast.BONN)
    assert "Alles erledigt" in said(hedda, "clarifications")


def test_a_clarification_without_candidates_is_given_to_an_agency(work: Work) -> None:
    case = acts.register(evb="", vin="")
    asked = {"agency": cast.MUENCHEN, "carrier": cast.NORDLICHT, "reason": "Anruf"}
    work(HEDDA).post(reverse("clarification_place", args=[case]), asked)
    assert acts.case().agency_id == cast.MUENCHEN


def test_what_is_refused_is_said_on_the_page_it_came_from(work: Work) -> None:
    case = acts.register(evb="NL7K2P4")
    where = reverse("clarifications")
    answer = work(HEDDA).post(
        reverse("clarification_clear", args=[case]),
        {"choice": "XX00000", "reason": "?"},
        headers={"Referer": f"http://testserver{where}"},
        follow=True,
    )
    assert answer.redirect_chain == [(where, 302)]
    assert "Eine eVB XX00000 ist nicht bekannt." in answer.content.decode()


def test_nothing_leads_back_to_another_site(work: Work) -> None:
    case = acts.register(evb="NL7K2P4")
    answer = work(HEDDA).post(
        reverse("clarification_clear", args=[case]), {}, headers={"Referer": "https://elsewhere.example//evil/x"}
    )
    assert answer.headers["Location"] == reverse("desk")


def test_an_unclear_application_is_sorted(work: Work) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-1")
    acts.register("Z-2", evb=acts.OTHER_EVB)
    acts.apply("A/7", vin=acts.VIN)
    hedda, case = work(HEDDA), acts.intake_case("Z-2")
    assert case in said(hedda, "unclear")
    hedda.post(reverse("application_sort", args=["A/7"]), {"choice": case, "reason": "."})
    assert acts.case("Z-2").state == State.CLOSED
    assert not intake.applications_to_clear().exists()


def test_one_proposes_another_approves(proposed: str, work: Work) -> None:
    work(HEDDA).post(reverse("cancellation_propose", args=[proposed]), {"reason": "Kein Antrag"})
    assert "Kein Antrag" in said(work(INGO), "approvals")
    work(INGO).post(reverse("cancellation_approve", args=[proposed]))
    assert acts.case().state == State.CANCELLED
    assert acts.letter().kind == "evb_cancellation"


def test_who_has_both_roles_still_cannot_approve_his_own_proposal(proposed: str, work: Work) -> None:
    ingo = work(INGO)
    ingo.post(reverse("cancellation_propose", args=[proposed]), {"reason": "Kein Antrag"})
    assert reverse("cancellation_approve", args=[proposed]) not in said(ingo, "approvals")
    for tab in (ingo, work(INGO)):
        tab.post(reverse("cancellation_approve", args=[proposed]))
    assert acts.case().state == State.CANCELLATION_PROPOSED


def test_a_case_worker_without_the_role_does_not_decide(proposed: str, work: Work) -> None:
    work(INGO).post(reverse("cancellation_propose", args=[proposed]), {"reason": "Kein Antrag"})
    assert work(HEDDA).post(reverse("cancellation_approve", args=[proposed])).status_code == 403
    assert queries.undecided_cancellations().count() == 1


def test_a_query_is_answered_by_letter(staff: None, work: Work) -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    asked = cases.inquire(case=case, letter=acts.letter().id, subject=Subject.SOLD, text="Verkauft.", by=cast.CARLA)
    hedda = work(HEDDA)
    assert "Verkauft." in said(hedda, "inquiries")
    for _ in range(2):
        hedda.post(reverse("inquiry_answer", args=[asked]), {"text": "Bitte Abmeldung nachreichen."})
    assert [kind for kind, _, _ in acts.written()] == ["application_request", "inquiry"]


def test_the_text_of_a_refused_answer_is_not_lost(staff: None, work: Work) -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    asked = cases.inquire(case=case, letter=acts.letter().id, subject=Subject.SOLD, text="Verkauft.", by=cast.CARLA)
    hedda, where = work(HEDDA), reverse("inquiry_answer", args=[asked])
    too_long = "Bitte nachreichen. " * 300
    page = hedda.post(where, {"text": too_long}).content.decode()
    assert too_long.strip()[:100] in page
    assert "Bitte prüfen Sie Ihre Angaben" in page or 'class="error"' in page
    cases.answer(inquiry=asked, text="Schon beantwortet.", by=INGO)
    page = hedda.post(where, {"text": "Mein langer Text."}).content.decode()
    assert "Mein langer Text." in page
    assert "schon beantwortet" in page
    assert [kind for kind, _, _ in acts.written()].count("inquiry") == 1


def test_a_question_to_the_contact_is_noted_as_answered(work: Work) -> None:
    anna = agencies.user(cast.ANNA)
    contact = agencies.contact_of(anna)
    assert contact
    question = news.Question(token="t", subject="Abrechnung", text="Wann?")
    request, _ = news.ask(question, user=anna, contact=contact, by=cast.ANNA)
    hedda = work(HEDDA)
    assert "Abrechnung" in said(hedda, "contact_requests")
    hedda.post(reverse("contact_request_answered", args=[request.id]))
    assert "Alles erledigt" in said(hedda, "contact_requests")


def test_returned_post_is_noted_and_sent_again(work: Work) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post("2026-02-16 12:00")
    acts.hand_over(batch, "2026-02-16 13:00")
    letter, postman = acts.letter().id, work("print")
    postman.post(reverse("return_note"), {"letter": letter.lower(), "reason": "unbekannt"})
    assert letter in said(postman, "returns")
    postman.post(reverse("return_send_again", args=[letter]), {"reason": "Hausnummer ergänzt"})
    assert acts.delivery_of(letter).state == "to_print"


def test_returned_post_may_be_left_at_that(work: Work) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post("2026-02-16 12:00")
    acts.hand_over(batch, "2026-02-16 13:00")
    letter = acts.letter().id
    delivery.note_return(letter, reason="unbekannt", by="printer")
    work(HEDDA).post(reverse("return_settle", args=[letter]), {"reason": "angerufen"})
    assert acts.delivery_of(letter).state == "return_settled"


def test_a_bounced_address_is_written_to_again(work: Work) -> None:
    notifications.suppress("anna@brueckner.example", reason="550 unknown", by="system")
    hedda = work(HEDDA)
    assert "550 unknown" in said(hedda, "addresses")
    hedda.post(reverse("address_restore"), {"address": "anna@brueckner.example"})
    assert "Keine Adresse ist gesperrt" in said(hedda, "addresses")


def test_agencies_where_nobody_reads_are_listed_by_firm(work: Work) -> None:
    assert "Überall liest jemand mit" in said(work(HEDDA), "unreached")
    cast.change_user(cast.OLGA, active=False)
    page = said(work(HEDDA), "unreached")
    assert "Versicherungsbüro Ostertag" in page
    assert "Agentur 5000" in page


def test_each_gap_says_since_when_and_whom_to_call_and_the_first_page_counts_them(work: Work) -> None:
    cast.change_user(cast.OLGA, email="")
    hedda = work(HEDDA)
    assert "seit der letzten Prüfung" in said(hedda, "unreached")
    with clock.turned_to(acts.moment("2026-03-03 03:17")):
        rounds.watch_coverage()
    page = said(hedda, "unreached")
    assert "seit 03.03.2026, 03:17 Uhr" in page
    assert "Olga (ohne E-Mail-Adresse)" in page
    assert reverse("firm", args=[cast.OSTERTAG]) in hedda.get(reverse("unreached")).content.decode()
    tiles = {one["list"].name: one["number"] for one in hedda.get(reverse("desk")).context["lists"]}
    assert tiles["unreached"] == "2"


def test_the_first_page_shows_the_lists_of_ones_roles(proposed: str, work: Work) -> None:
    assert "Kündigungen vorschlagen" in said(work(HEDDA), "desk")
    postroom = said(work("print"), "desk")
    assert "Rückläufer" in postroom
    assert "Klärfälle" not in postroom
    assert "Klärfälle" in said(work("auditor"), "desk")
