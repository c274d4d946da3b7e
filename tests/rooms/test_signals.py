"""intake: stop signals, withdrawals and plate changes find the one case that they mean, or nothing (R6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import acts, cast
from tests.acts import EVB, OTHER_EVB, OTHER_PLATE, OTHER_VIN, PLATE, VIN
from tests.cast import HAMBURG

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.intake import desk
from vermittlerpost.intake import queries as intake
from vermittlerpost.intake.models import Notice
from vermittlerpost.lib.identifiers import derive

pytestmark = pytest.mark.usefixtures("stage")

LATER = "2026-02-10 23:30"


def outcome(message_id: str) -> str:
    return Notice.objects.filter(message_id=message_id).latest("id").outcome


@pytest.mark.parametrize("kind", ["other_insurer", "deregistration"])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"evb": ""},
        {"vin": ""},
        {"vin": "", "evb": OTHER_EVB},  # by the plate
        {"vin": "", "evb": OTHER_EVB, "plate": "KWB4444"},
    ],
)
def test_a_stop_signal_ends_the_case_on_the_day_on_which_it_came(kind: str, fields: dict[str, str]) -> None:
    acts.register()
    acts.receive(acts.notice("Z-2", LATER, kind=kind, **fields))
    case = acts.case()
    assert (case.state, case.close_reason, case.closed_on) == ("closed", kind, date(2026, 2, 10))
    assert outcome("Z-2") == "ended"


@pytest.mark.parametrize("fields", [{"vin": OTHER_VIN}, {"vin": "", "evb": OTHER_EVB, "plate": OTHER_PLATE}])
def test_a_signal_for_another_vehicle_ends_nothing_and_is_kept_and_told(fields: dict[str, str]) -> None:
    acts.register()
    acts.receive(acts.notice("Z-2", LATER, kind="deregistration", **fields))
    assert acts.case().state == "grace"
    assert [one.message_id for one in intake.unmatched()] == ["Z-2"]


def test_a_signal_without_a_case_prevents_none_that_comes_later() -> None:
    acts.receive(acts.notice("Z-0", "2026-01-30 06:00", kind="deregistration"))
    acts.register()
    assert acts.case().state == "grace"


def test_a_signal_that_names_a_vin_finds_a_case_without_one_by_its_evb() -> None:
    acts.register(vin="")
    acts.receive(acts.notice("Z-2", LATER, kind="deregistration", plate=OTHER_PLATE))
    assert acts.case().close_reason == "deregistration"


def test_a_signal_that_fits_several_cases_ends_none_and_is_on_the_worklist() -> None:
    acts.confirm(EVB, kind="permanent")
    acts.register("Z-1")
    acts.register("Z-2", vin=OTHER_VIN, plate=OTHER_PLATE)
    acts.receive(acts.notice("Z-3", LATER, kind="other_insurer", vin="", plate="K-XX 1"))
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "grace"]
    assert [one.message_id for one in intake.to_clear()] == ["Z-3"]


def test_a_signal_ends_a_clarification_as_well() -> None:
    acts.register(evb="")
    acts.receive(acts.notice("Z-2", LATER, kind="other_insurer", evb=""))
    assert not cases.clarifications().exists()


def test_a_withdrawn_notice_ends_its_case_and_frees_its_single_evb() -> None:
    acts.register("Z-1")
    acts.receive(acts.notice("Z-1", LATER, kind="withdrawn"))
    assert acts.case("Z-1").close_reason == "withdrawn"
    acts.register("Z-2", "2026-02-11 06:00", vin=OTHER_VIN, plate=OTHER_PLATE)
    assert acts.case("Z-2").state == "grace"


def test_an_evb_is_free_again_for_a_notice_that_comes_in_one_batch_with_the_withdrawal() -> None:
    acts.register("Z-1")
    corrected = acts.notice("Z-2", "2026-02-11 06:00", vin=OTHER_VIN, plate=OTHER_PLATE)
    acts.receive(corrected, acts.notice("Z-1", LATER, kind="withdrawn"))
    assert (acts.case("Z-1").state, acts.case("Z-2").state) == ("closed", "grace")


def test_a_notice_that_needed_no_case_uses_its_single_evb_until_it_is_withdrawn() -> None:
    acts.apply("A-1", "2026-01-30 10:00", vin=VIN)
    acts.register("Z-1")
    acts.register("Z-2", "2026-02-03 06:00", vin=OTHER_VIN, plate=OTHER_PLATE)
    assert acts.case("Z-2").clarification == "evb_used_twice"
    acts.receive(acts.notice("Z-1", LATER, kind="withdrawn"))
    acts.register("Z-3", "2026-02-11 06:00", vin="WVWZZZ1JZ3W386754", plate="K-XX 33")
    assert acts.case("Z-3").state == "grace"


def test_a_withdrawal_that_comes_first_voids_its_notice_when_that_comes() -> None:
    acts.receive(acts.notice("Z-1", "2026-01-30 06:00", kind="withdrawn"))
    acts.register("Z-1")
    assert acts.intake_case("Z-1") == ""
    voided = intake.without_case().get()
    assert (voided.message_id, voided.outcome, voided.settled_on) == ("Z-1", "voided", date(2026, 1, 30))


def test_a_withdrawn_signal_is_on_the_worklist_and_nothing_is_undone() -> None:
    acts.register("Z-1")
    acts.receive(acts.notice("Z-2", "2026-02-05 06:00", kind="deregistration"))
    acts.receive(acts.notice("Z-2", LATER, kind="withdrawn"))
    assert acts.case().close_reason == "deregistration"
    assert [(one.message_id, one.kind) for one in intake.to_clear()] == [("Z-2", "withdrawn")]


def test_a_signal_that_was_taken_back_before_it_came_ends_nothing() -> None:
    acts.register("Z-1")
    acts.receive(acts.notice("Z-2", "2026-02-05 06:00", kind="withdrawn"))
    acts.receive(acts.notice("Z-2", LATER, kind="deregistration"))
    assert acts.case().state == "grace"


def plates(message_id: str = "Z-1") -> list[str]:
    return [plate.plate for plate in acts.case(message_id).plates.order_by("id")]


def test_a_new_plate_joins_the_history_of_the_open_case() -> None:
    acts.register()
    acts.receive(acts.notice("Z-2", LATER, kind="plate_change", plate=OTHER_PLATE, season="04-10"))
    assert plates() == [PLATE, OTHER_PLATE]
    assert (acts.case().plate, acts.case().season) == (OTHER_PLATE, "04-10")
    assert cases.everything().count() == 1


def test_a_new_plate_with_another_keeper_is_history_of_the_open_case_too() -> None:
    acts.register()
    acts.receive(acts.notice("Z-2", LATER, kind="plate_change", plate=OTHER_PLATE, keeper_name="Klara Müller"))
    assert plates() == [PLATE, OTHER_PLATE]


def test_a_new_plate_is_history_of_a_closed_case_if_vehicle_and_keeper_are_the_same() -> None:
    acts.register()
    acts.apply("A-1", vin=VIN)
    acts.receive(acts.notice("Z-2", "2026-02-20 06:00", kind="plate_change", plate=OTHER_PLATE, keeper_name="Klara"))
    assert plates() == [PLATE]
    acts.receive(acts.notice("Z-3", "2026-02-21 06:00", kind="plate_change", plate=OTHER_PLATE))
    assert plates() == [PLATE, OTHER_PLATE]
    assert acts.case().state == "closed"


def test_a_new_plate_of_a_vehicle_that_we_do_not_know_opens_nothing() -> None:
    acts.receive(acts.notice("Z-2", LATER, kind="plate_change"))
    assert not cases.everything().exists()
    assert outcome("Z-2") == "unmatched"


# Why a person must look at a registration before anybody is written to (ruling 7).
CLARIFIED: list[tuple[dict[str, Any], str]] = [
    ({"evb": "NL00000"}, "evb_unknown"),
    ({"evb": ""}, "evb_unknown"),
    ({"evb": OTHER_EVB, "registered_on": date(2026, 2, 1)}, "evb_expired"),
    ({"evb": OTHER_EVB, "registered_on": None}, "evb_expired"),  # then the day of receipt counts
    ({"evb": OTHER_EVB, "registered_on": date(2026, 1, 31)}, ""),  # the last day is good
    ({"evb": "NL7K2P7"}, "agency_missing"),
    ({"kind": "holder_change"}, ""),
    ({"kind": "re_registration"}, ""),
]


@pytest.mark.parametrize(("fields", "reason"), CLARIFIED)
def test_a_notice_that_leads_to_no_agency_is_clarified_with_a_reason_and_nobody_is_written_to(
    fields: dict[str, Any], reason: str
) -> None:
    acts.confirm(OTHER_EVB, valid_until=date(2026, 1, 31))
    acts.confirm("NL7K2P7", agency="999999")
    acts.register(**fields)
    case = acts.case()
    assert (case.state, case.clarification) == ("clarification" if reason else "grace", reason)
    acts.mornings(*acts.EVERY_STEP)
    assert bool(acts.letters_of()) is (reason == "")


def test_an_agency_that_is_known_when_the_notice_comes_is_not_missing() -> None:
    acts.confirm(agency="4713")
    agencies.put_agencies([replace(cast.AGENCIES[cast.BONN], number="4713")], by="feed")
    acts.register()
    assert (acts.case().state, acts.case().agency_id) == ("grace", "4713")


def test_a_single_evb_used_again_is_clarified_and_the_first_case_goes_on_untouched() -> None:
    acts.register("Z-1")
    acts.register("Z-2", "2026-02-03 06:00", vin=OTHER_VIN, plate=OTHER_PLATE)
    assert (acts.case("Z-1").state, acts.case("Z-2").clarification) == ("grace", "evb_used_twice")
    acts.apply("A-1", vin=VIN)
    acts.register("Z-3", "2026-02-12 06:00", vin="WVWZZZ1JZ3W386754", plate="K-XX 1")
    assert acts.case("Z-3").clarification == "evb_used_twice"


def test_of_a_permanent_evb_each_registration_is_a_case_of_its_own() -> None:
    acts.confirm(EVB, kind="permanent", agency=HAMBURG)
    acts.register("Z-1")
    acts.register("Z-2", vin=OTHER_VIN, plate=OTHER_PLATE)
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "grace"]


def test_a_new_keeper_with_a_new_evb_is_a_case_of_its_own() -> None:
    acts.confirm(OTHER_EVB, policyholder_name="Klara Müller")
    acts.register("Z-1")
    acts.register("Z-2", "2026-02-05 06:00", kind="holder_change", evb=OTHER_EVB, keeper_name="Klara Müller")
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "grace"]


def test_cases_whose_ids_were_made_otherwise_once_are_found_by_what_comes_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "case_id", lambda message_id, **_: derive("V", message_id))
    older, withdrawn = acts.register(), acts.register("Z-2", evb=OTHER_EVB, vin=OTHER_VIN, plate=OTHER_PLATE)
    monkeypatch.undo()
    acts.receive(acts.notice("Z-3", LATER, kind="plate_change", plate="K-NE 1"))
    acts.receive(acts.notice("Z-2", LATER, kind="withdrawn"))
    acts.apply("A-1", LATER, plate="K-NE 1", evb=EVB)
    assert (older, withdrawn) == (derive("V", "Z-1"), derive("V", "Z-2"))
    assert (acts.case("Z-1").close_reason, acts.case("Z-2").close_reason) == ("application", "withdrawn")
    assert cases.plates_of([older])[older] == (PLATE, "K-NE 1")
