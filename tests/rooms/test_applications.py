"""intake: an application ends or prevents exactly one case, or waits, or a person must look at it (R6)."""

import pytest
from tests import acts
from tests.acts import EVB, OTHER_EVB, OTHER_PLATE, OTHER_VIN, PLATE, VIN

from vermittlerpost.cases import queries as cases
from vermittlerpost.intake import queries as intake
from vermittlerpost.intake.models import Application
from vermittlerpost.lib.verdicts import Known, Objection

pytestmark = pytest.mark.usefixtures("stage")


def outcome(application_id: str = "A-1") -> tuple[str, str]:
    application = Application.objects.get(application_id=application_id)
    return application.outcome, application.message_id


@pytest.mark.parametrize(
    "fields",
    [
        {"vin": VIN},
        {"evb": EVB},
        {"evb": EVB, "vin": OTHER_VIN},  # a single eVB also counts if the VIN differs
        {"evb": OTHER_EVB, "plate": PLATE},  # plate, and the policyholder of the application's eVB
        {"evb": OTHER_EVB, "plate": "kwb4444"},  # in any spelling
    ],
)
def test_an_application_ends_the_case_on_the_day_on_which_it_came(fields: dict[str, str]) -> None:
    acts.confirm(OTHER_EVB, policyholder_name="  SÖREN   übelacker ")
    acts.register()
    acts.apply("A-1", "2026-02-10 23:30", **fields)
    case = acts.case()
    assert (case.state, case.close_reason, str(case.closed_on)) == ("closed", "application", "2026-02-10")
    assert outcome() == ("ended", "Z-1")


@pytest.mark.parametrize(
    "fields",
    [
        {"vin": OTHER_VIN},
        {"plate": PLATE},  # nobody knows who applies
        {"evb": OTHER_EVB, "plate": PLATE},  # somebody else with the same plate
        {"evb": "NL00000", "plate": PLATE},  # an eVB that nobody knows has no policyholder
    ],
)
def test_an_application_that_fits_nothing_waits(fields: dict[str, str]) -> None:
    acts.confirm(OTHER_EVB, policyholder_name="Klara Müller")
    acts.register()
    acts.apply(**fields)
    assert (acts.case().state, outcome()) == ("grace", ("waiting", ""))


def test_of_a_permanent_evb_an_application_for_another_vehicle_ends_nothing() -> None:
    acts.confirm(EVB, kind="permanent")
    acts.register()
    acts.apply("A-1", evb=EVB, vin=OTHER_VIN)
    assert acts.case().state == "grace"
    acts.apply("A-2", evb=EVB)
    assert acts.case().state == "closed"


def test_of_a_fleet_an_application_without_vin_ends_the_last_open_case_and_belongs_to_the_first_answered_one() -> None:
    acts.confirm(EVB, kind="permanent")
    fleet = {f"Z-{number}": f"WVWZZZ1JZ3W38675{number}" for number in range(5)}
    for day, (message, vin) in enumerate(fleet.items(), start=2):
        acts.register(message, f"2026-02-0{day} 06:00", vin=vin)
    acts.apply("A-0", evb=EVB)
    assert outcome("A-0") == ("ambiguous", "")
    for message in ("Z-1", "Z-2", "Z-3", "Z-4"):
        acts.apply(f"A-{message}", evb=EVB, vin=fleet[message])
    acts.receive(
        acts.application("B-1", "2026-02-11 10:00", evb=EVB), acts.application("B-2", "2026-02-11 11:00", evb=EVB)
    )
    assert [outcome("B-1"), outcome("B-2")] == [("ended", "Z-0"), ("belongs", "Z-0")]
    acts.apply("B-3", "2026-02-12 10:00", evb=EVB)
    assert outcome("B-3") == ("belongs", "Z-0")


def test_an_application_that_is_already_there_prevents_the_case_and_is_spent() -> None:
    acts.apply("A-1", "2026-01-30 10:00", vin=VIN)
    acts.register("Z-1")
    assert acts.intake_case("Z-1") == ""
    prevented = intake.without_case().get()
    assert (prevented.message_id, prevented.outcome, str(prevented.settled_on)) == ("Z-1", "prevented", "2026-01-30")
    assert outcome() == ("prevented", "Z-1")


def test_one_application_prevents_one_case_only() -> None:
    acts.confirm(OTHER_EVB)
    acts.apply("A-1", "2026-01-30 10:00", vin=VIN)
    acts.register("Z-1")
    acts.register("Z-2", "2026-02-03 06:00", evb=OTHER_EVB)  # the same vehicle under a new confirmation
    assert acts.case("Z-2").state == "grace"


def test_one_application_ends_one_case_only_and_a_second_one_belongs_to_it() -> None:
    acts.confirm(OTHER_EVB)
    acts.register("Z-1")
    acts.apply("A-1", "2026-02-10 10:00", vin=VIN)
    acts.apply("A-2", "2026-02-11 10:00", vin=VIN)
    assert outcome("A-2") == ("belongs", "Z-1")
    acts.register("Z-2", "2026-02-12 06:00", evb=OTHER_EVB)
    assert acts.case("Z-2").state == "grace"


def test_of_several_that_wait_the_closest_prevents_and_of_these_the_oldest() -> None:
    acts.apply("A-1", "2026-01-28 10:00", evb=EVB)
    acts.apply("A-2", "2026-01-30 10:00", vin=VIN)
    acts.apply("A-3", "2026-01-29 10:00", vin=VIN)
    acts.register()
    assert [outcome(name) for name in ("A-1", "A-2", "A-3")] == [
        ("waiting", ""),
        ("waiting", ""),
        ("prevented", "Z-1"),
    ]


def test_one_that_fits_several_cases_ends_none_and_prevents_none_and_is_on_the_worklist() -> None:
    acts.confirm(OTHER_EVB)
    acts.confirm("NL7K2P7")
    acts.register("Z-1")
    acts.register("Z-2", evb=OTHER_EVB)
    acts.apply("A-1", "2026-02-10 10:00", vin=VIN)
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "grace"]
    assert [one.application_id for one in intake.applications_to_clear()] == ["A-1"]
    acts.register("Z-3", "2026-02-11 06:00", evb="NL7K2P7")
    assert acts.case("Z-3").state == "grace"


def test_of_two_cases_with_one_vin_the_applications_evb_decides() -> None:
    acts.confirm(OTHER_EVB)
    acts.register("Z-1")
    acts.register("Z-2", evb=OTHER_EVB)
    acts.apply("A-1", evb=OTHER_EVB, vin=VIN)
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "closed"]


def test_an_application_for_an_earlier_plate_of_the_vehicle_ends_its_case() -> None:
    acts.confirm(OTHER_EVB)
    acts.register()
    acts.receive(acts.notice("Z-2", "2026-02-05 06:00", kind="plate_change", plate=OTHER_PLATE))
    acts.apply("A-1", evb=OTHER_EVB, plate=PLATE)
    assert acts.case().state == "closed"


def test_a_case_that_ended_otherwise_is_not_answered_and_the_application_waits_for_the_next() -> None:
    acts.confirm(OTHER_EVB)
    acts.register()
    acts.receive(acts.notice("Z-2", "2026-02-05 06:00", kind="deregistration"))
    acts.apply("A-1", vin=VIN)
    assert outcome() == ("waiting", "")
    acts.register("Z-3", "2026-02-12 06:00", evb=OTHER_EVB)
    assert acts.intake_case("Z-3") == ""


def test_an_application_ends_a_clarification_as_well() -> None:
    acts.register(evb="")
    assert cases.clarifications().get() == acts.case()
    acts.apply(vin=VIN)
    assert not cases.clarifications().exists()
    assert acts.case().close_reason == "application"


def test_a_known_number_is_known_and_one_with_other_content_is_refused() -> None:
    acts.apply("A-1", vin=VIN)
    assert acts.apply("A-1", vin=VIN) == Known()
    refused = acts.apply("A-1", vin=OTHER_VIN)
    assert isinstance(refused, Objection)
    assert refused.column == "vin"


def test_at_the_same_instant_the_notice_comes_first_whatever_the_order_of_rows() -> None:
    acts.receive(acts.application("A-1", acts.REGISTERED, vin=VIN), acts.notice())
    case = acts.case()
    assert (case.state, case.close_reason) == ("closed", "application")
    assert outcome() == ("ended", "Z-1")
