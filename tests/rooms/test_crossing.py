"""cases: paper that crossed with the end of its case is taken back by a short letter on the same way (B5)."""

from datetime import date

import pypdfium2
import pytest
from tests import acts, cast
from tests.cast import DRESDEN, KOELN

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.rules import crossed
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import actions as intake
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

# Of Monday, 16 February 2026, in Sachsen.
AFTERNOON, NEXT_DAY, DAY_AFTER = f"{acts.REQUESTED} 15:00", "2026-02-17 10:00", "2026-02-18 10:00"


@pytest.fixture
def posted() -> str:
    """Return a request that was handed over to the post."""
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter().id
    (batch,) = acts.print_post(f"{acts.REQUESTED} 14:00")
    acts.hand_over(batch, AFTERNOON)
    return letter


def kinds() -> list[str]:
    return [one.kind for one in acts.letters_of()]


@pytest.mark.parametrize("at", [f"{acts.REQUESTED} 16:00", NEXT_DAY])
def test_an_application_of_the_same_or_the_next_working_day_has_crossed_with_the_letter(posted: str, at: str) -> None:
    acts.apply(at=at)
    assert kinds() == ["application_request", "void_notice"]
    notice = acts.letter()
    sent = acts.delivery_of(notice.id)
    assert (notice.agency_id, sent.channel, sent.state, notice.due_on) == (DRESDEN, "post", "to_print", None)


def test_what_ends_later_did_not_cross(posted: str) -> None:
    acts.apply(at=DAY_AFTER)
    assert kinds() == ["application_request"]


def test_what_came_in_time_and_is_fed_later_has_crossed_all_the_same(posted: str) -> None:
    with clock.turned_to(acts.moment("2026-02-20 10:00")):
        intake.take_messages([acts.application("A-1", NEXT_DAY, vin=acts.VIN)], by="feed")
    assert kinds() == ["application_request", "void_notice"]


@pytest.mark.parametrize("kind", ["other_insurer", "deregistration", "withdrawn"])
def test_every_end_that_comes_from_outside_takes_the_letter_back(posted: str, kind: str) -> None:
    acts.receive(acts.notice("Z-1" if kind == "withdrawn" else "Z-9", NEXT_DAY, kind=kind))
    assert kinds()[-1] == "void_notice"


def test_who_ends_a_case_by_hand_writes_himself(posted: str) -> None:
    with clock.turned_to(acts.moment(NEXT_DAY)):
        cases.close(case=acts.case().id, reason="Kulanz", by="operator")
    assert kinds() == ["application_request"]


def test_paper_that_is_not_handed_over_is_withdrawn_instead() -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.print_post(f"{acts.REQUESTED} 14:00")
    acts.apply(at=AFTERNOON)
    assert kinds() == ["application_request"]
    assert acts.delivery_of(acts.letter().id).state == "withdrawn"


def test_what_was_provided_electronically_only_shows_that_it_is_done() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.apply(at=f"{acts.REQUESTED} 16:00")
    assert kinds() == ["application_request"]
    assert acts.letter().settled_reason == "application"


def test_the_notice_goes_where_the_letter_went_whatever_changed_meanwhile(posted: str) -> None:
    cast.change_agency(DRESDEN, electronic_from=date(2026, 2, 17))
    with clock.turned_to(acts.moment(NEXT_DAY)):
        cases.reroute(case=acts.case().id, agency=KOELN, reason="Umzug", by="operator")
    acts.apply(at=NEXT_DAY)
    assert (acts.letter().kind, acts.letter().agency_id) == ("void_notice", DRESDEN)
    assert acts.delivery_of(acts.letter().id).channel == "post"


def test_the_notice_says_which_letter_is_void_and_why(posted: str) -> None:
    acts.apply(at=NEXT_DAY)
    pdf = letters.pdf_of(acts.letter().id, wiring.letter_store(), by="system")
    text = " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())
    assert "Gegenstandslos: unser Schreiben zum Fahrzeug K-WB 4444" in text
    assert "Das Schreiben „Antragsanforderung“ vom 16.02.2026 hat sich mit dem Ende des Vorgangs gekreuzt" in text
    assert "Antrag eingegangen am 17.02.2026" in text


def test_a_case_that_is_opened_again_and_ends_again_is_not_written_to_twice_about_one_letter(posted: str) -> None:
    acts.apply(at=NEXT_DAY)
    with clock.turned_to(acts.moment("2026-02-17 11:00")):
        cases.reopen(case=acts.case().id, reason="Antrag abgelehnt", by="operator")
    acts.receive(acts.notice("Z-9", "2026-02-17 12:00", kind="other_insurer"))
    notices = [one for one in acts.letters_of() if one.kind == "void_notice"]
    assert [(one.level, acts.delivery_of(one.id).state) for one in notices] == [(0, "withdrawn"), (1, "to_print")]


def test_a_notice_is_no_letter_that_must_have_arrived_before_a_cancellation(posted: str) -> None:
    acts.apply(at=NEXT_DAY)
    (batch,) = acts.print_post("2026-02-17 14:00")
    acts.hand_over(batch, "2026-02-17 15:00")
    assert delivery.arrived(acts.case().id) == 1


def test_an_installation_may_do_without(posted: str) -> None:
    with wiring.set_to(notice_of_crossing=False):
        acts.apply(at=NEXT_DAY)
    assert kinds() == ["application_request"]


@pytest.mark.parametrize(
    ("handed_over", "ended", "land", "answer"),
    [
        ("2026-02-13", "2026-02-16", "DE-SN", True),  # from Friday to Monday
        ("2026-02-13", "2026-02-17", "DE-SN", False),
        ("2026-04-02", "2026-04-07", "DE-NW", True),  # over Easter
        ("2026-02-17", "2026-02-16", "DE-SN", True),  # received before, taken in after the hand-over
    ],
)
def test_the_days_between_are_the_lands_working_days(handed_over: str, ended: str, land: str, answer: bool) -> None:
    days = date.fromisoformat(handed_over), date.fromisoformat(ended)
    assert crossed(*days, "application", COUNTINGS["working_day"], land) is answer
