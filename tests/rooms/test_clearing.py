"""What a person has to look at, he clears: whose a registration is, and which case a message means."""

from datetime import date

import pytest
from tests import acts, cast

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.models import Deadline
from vermittlerpost.cases.rules import CloseReason, State
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

SLIP = "NL7K2P4"
"""The stage's eVB with a slip in its last character."""


def unclear() -> str:
    return acts.register(evb=SLIP)


def clear(case: str, evb: str = acts.EVB, at: str = "2026-02-05 10:00") -> None:
    with clock.turned_to(acts.moment(at)):
        intake.clear_with_evb(case=case, evb=evb, reason="Zahlendreher", by="hedda")


def test_a_number_with_one_slip_is_offered_with_what_speaks_for_it(stage: None) -> None:
    acts.confirm(acts.OTHER_EVB, policyholder_name="Wer Anders")
    unclear()
    first, second = queries.candidates_of(acts.case())
    assert (first.evb, first.is_same_name, first.agency) == (acts.EVB, True, cast.BONN)
    assert (second.evb, second.is_same_name) == (acts.OTHER_EVB, False)


def test_neighbours_that_changed_places_are_offered_too(stage: None) -> None:
    acts.register(evb="NL72KP9")
    assert [one.evb for one in queries.candidates_of(acts.case())] == [acts.EVB]


def test_a_cleared_case_begins_its_grace_period_with_its_notice(stage: None) -> None:
    case = unclear()
    clear(case)
    cleared = acts.case()
    assert (cleared.state, cleared.agency_id, cleared.evb, cleared.policyholder_name) == (
        State.GRACE, cast.BONN, acts.EVB, acts.POLICYHOLDER,
    )  # fmt: skip
    acts.mornings(acts.REQUESTED)
    assert acts.written() == [("application_request", 0, acts.REQUESTED)]


def test_a_case_cleared_late_takes_its_first_step_no_earlier_than_that_day(stage: None) -> None:
    clear(unclear(), at="2026-03-14 10:00")
    assert Deadline.objects.get().planned_on == date(2026, 3, 16)


def test_a_case_is_cleared_once(stage: None) -> None:
    case = unclear()
    clear(case)
    with pytest.raises(Refused, match="kein Klärfall"):
        clear(case)


@pytest.mark.parametrize("evb", ["XX00000", "NL7K2P8"])
def test_nothing_is_cleared_with_what_leads_nowhere(stage: None, evb: str) -> None:
    acts.confirm(acts.OTHER_EVB, agency="9999")
    with pytest.raises(Refused, match="bekannt"):
        clear(unclear(), evb)


def test_a_case_may_be_given_to_an_agency_without_any_confirmation(stage: None) -> None:
    case = unclear()
    with clock.turned_to(acts.moment("2026-02-05 10:00")):
        placement = cases.Placement(agency=cast.MUENCHEN, carrier=cast.NORDLICHT)
        cases.clear(case=case, placement=placement, reason="Anruf", by="hedda")
    assert (acts.case().agency_id, acts.case().evb) == (cast.MUENCHEN, SLIP)


def two_cases_and_an_application() -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-1")
    acts.register("Z-2", evb=acts.OTHER_EVB)
    acts.apply("A-7", vin=acts.VIN)


def test_an_unclear_application_is_given_to_the_case_that_it_means(stage: None) -> None:
    two_cases_and_an_application()
    meant = queries.cases_meant(queries.applications_to_clear().get())
    assert {case.message_id for case in meant} == {"Z-1", "Z-2"}
    intake.sort_application(application="A-7", case=acts.intake_case("Z-2"), by="hedda")
    assert (acts.case("Z-2").close_reason, acts.case("Z-1").state) == (CloseReason.APPLICATION, State.GRACE)
    assert not queries.applications_to_clear().exists()


def test_an_application_cannot_be_given_to_a_case_that_it_does_not_resemble(stage: None) -> None:
    two_cases_and_an_application()
    acts.confirm("NL99999")
    stranger = acts.register("Z-3", evb="NL99999", vin="WVWZZZ1JZ3W386777", plate="M-XY 1")
    with pytest.raises(Refused, match="kann das nicht meinen"):
        intake.sort_application(application="A-7", case=stranger, by="hedda")


def test_an_application_is_sorted_once(stage: None) -> None:
    two_cases_and_an_application()
    intake.dismiss_application(application="A-7", reason="fremd", by="hedda")
    with pytest.raises(Refused, match="nicht \\(mehr\\) unklar"):
        intake.sort_application(application="A-7", case=acts.intake_case("Z-2"), by="hedda")
    assert acts.case("Z-2").state == State.GRACE


def test_what_is_put_aside_stands_in_the_journal_of_its_own_application_r10(stage: None) -> None:
    two_cases_and_an_application()
    intake.dismiss_application(application="A-7", reason="fremd", by="hedda")
    latest = journal.about("application:A-7").last()
    assert latest
    assert (latest.kind, latest.actor, latest.data) == ("message.dismissed", "hedda", {"reason": "fremd"})


def test_an_unclear_signal_is_given_to_the_case_that_it_means(stage: None) -> None:
    acts.confirm(acts.OTHER_EVB)
    acts.register("Z-1", vin="")
    acts.register("Z-2", evb=acts.OTHER_EVB, vin="")
    acts.receive(acts.notice("Z-9", "2026-02-10 06:00", kind="deregistration", evb="", vin=""))
    signal = queries.to_clear().get()
    intake.sort_notice(notice=signal.id, case=acts.intake_case("Z-1"), by="hedda")
    assert (acts.case("Z-1").close_reason, acts.case("Z-2").state) == (CloseReason.DEREGISTRATION, State.GRACE)


def test_the_journal_names_no_number_of_a_confirmation(stage: None) -> None:
    case = unclear()
    clear(case)
    told = [str(entry.data) for entry in journal.about(case)]
    assert any("confirmation" in data for data in told)
    assert not any(acts.EVB in data or SLIP in data for data in told)


def test_what_takes_back_a_signal_ends_no_case_and_leads_to_the_one_that_ended_ruling_s05(stage: None) -> None:
    ended = acts.register("Z-1")
    acts.receive(acts.notice("Z-9", "2026-02-10 06:00", kind="deregistration"))
    acts.confirm(acts.OTHER_EVB)
    again = acts.register("Z-2", "2026-02-11 06:00", evb=acts.OTHER_EVB)
    acts.receive(acts.notice("Z-9", "2026-02-12 06:00", kind="withdrawn"))
    withdrawal = queries.to_clear().get()
    with pytest.raises(Refused, match="beendet keinen Vorgang"):
        intake.sort_notice(notice=withdrawal.id, case=again, by="hedda")
    found = queries.taken_back_by(withdrawal)
    assert found
    assert (found.signal.kind, [case.id for case in found.cases]) == ("deregistration", [ended])
    cases.reopen(case=ended, reason="zurückgenommen", by="hedda")
    found = queries.taken_back_by(withdrawal)
    assert found
    assert [(case.id, case.closed_on) for case in found.cases] == [(ended, None)]


def test_a_case_that_a_person_gave_a_signal_to_is_found_when_that_is_taken_back(stage: None) -> None:
    acts.confirm(acts.EVB, kind="permanent")
    acts.register("Z-1")
    acts.register("Z-2", vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.receive(acts.notice("Z-9", "2026-02-10 06:00", kind="other_insurer", vin="", plate="K-XX 1"))
    intake.sort_notice(notice=queries.to_clear().get().id, case=acts.intake_case("Z-2"), by="hedda")
    acts.receive(acts.notice("Z-9", "2026-02-12 06:00", kind="withdrawn"))
    found = queries.taken_back_by(queries.to_clear().get())
    assert found
    assert [case.message_id for case in found.cases] == ["Z-2"]


def a_new_plate_that_fits_two_cases(at: str = "2026-02-10 06:00") -> int:
    acts.confirm(acts.EVB, kind="permanent")
    acts.register("Z-1", vin="")
    acts.register("Z-2", vin="", plate="K-XX 1")
    acts.receive(acts.notice("Z-9", at, kind="plate_change", vin="", plate=acts.OTHER_PLATE, season="04-10"))
    return queries.to_clear().get().id


def test_an_unclear_plate_is_given_to_the_case_that_it_means(stage: None) -> None:
    notice, case = a_new_plate_that_fits_two_cases(), acts.intake_case("Z-2")
    intake.sort_notice(notice=notice, case=case, by="hedda")
    named = acts.case("Z-2")
    assert (named.state, named.plate, named.season) == (State.GRACE, acts.OTHER_PLATE, "04-10")
    assert [plate.plate for plate in named.plates.order_by("id")] == ["K-XX 1", acts.OTHER_PLATE]
    assert acts.case("Z-1").plate == acts.PLATE
    assert not queries.to_clear().exists()
    assert [entry.actor for entry in journal.about(case).filter(kind="case.plate_changed")] == ["hedda"]
    latest = journal.about("notice:Z-9").last()
    assert latest
    assert (latest.kind, latest.data) == ("message.sorted", {"outcome": "plate_changed", "case": case})


def test_a_plate_that_is_sorted_late_does_not_replace_a_newer_one(stage: None) -> None:
    notice = a_new_plate_that_fits_two_cases()
    newer = "K-YY 9"
    cases.change_plates(
        [
            cases.NewPlate(
                case=acts.intake_case("Z-2"), message_id="Z-11", plate=newer, plate_key="K-YY9", season="",
                since=date(2026, 2, 25),
            )
        ],
        by="feed",
    )  # fmt: skip
    intake.sort_notice(notice=notice, case=acts.intake_case("Z-2"), by="hedda")
    assert acts.case("Z-2").plate == newer
    assert acts.OTHER_PLATE in {plate.plate for plate in acts.case("Z-2").plates.all()}
