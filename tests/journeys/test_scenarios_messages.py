"""Stories of registrations that are answered, stopped, renamed or taken back; the numbers are the catalogue's."""

from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import EVB, OTHER_EVB, OTHER_PLATE, OTHER_VIN, PLATE, VIN, moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import queries as intake
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

pytestmark = pytest.mark.usefixtures("stage")


def test_an_application_in_the_same_minute_as_the_reminder_wins_if_it_is_there_first(home: Path) -> None:
    """Scenario 1: what is there before the run stops it; what comes after it settles the letter and drops the mail."""
    acts.confirm(kind="permanent")
    acts.register("Z-1")
    acts.register("Z-2", vin=OTHER_VIN, plate=OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    acts.apply("A-1", f"{acts.REMINDED} 06:59:59", vin=VIN)
    with clock.turned_to(moment(f"{acts.REMINDED} 07:00")):
        rounds.take_steps()
        rounds.announce()
    acts.apply("A-2", f"{acts.REMINDED} 07:00:30", vin=OTHER_VIN)
    with clock.turned_to(moment(f"{acts.REMINDED} 07:01")):
        rounds.post()
    assert [level for _, level, _ in acts.written("Z-1")] == [0]
    assert [level for _, level, _ in acts.written("Z-2")] == [0, 1]
    assert {one.settled_reason for one in [*acts.letters_of("Z-1"), *acts.letters_of("Z-2")]} == {"application"}
    assert {category for _, category, _ in acts.mailed()} == {"important_letters"}
    assert acts.decisions(acts.letter("Z-2").id)[cast.ANNA] == ("withdrawn", "case_ended")
    assert not notifications.waiting().exists()


def test_an_application_under_another_evb_is_found_by_plate_and_policyholder_else_a_person_looks_at_it() -> None:
    """Scenario 2: one case that fits ends; where two fit, none does, and the application is on the worklist."""
    acts.confirm(OTHER_EVB)
    acts.register("Z-1")
    acts.mornings(acts.REQUESTED)
    acts.apply("A-1", "2026-02-20 10:00", evb=OTHER_EVB, plate="K-WB 4444")
    assert acts.case("Z-1").close_reason == "application"
    acts.confirm("NL7K2P5")
    acts.confirm("NL7K2P6")
    acts.register("Z-2", "2026-02-23 06:00", evb="NL7K2P5", vin=OTHER_VIN)
    acts.register("Z-3", "2026-02-23 06:00", evb="NL7K2P6", vin="")
    acts.apply("A-2", "2026-02-24 10:00", evb="NL7K2P4", vin=OTHER_VIN, plate=PLATE)
    assert acts.case("Z-2").close_reason == "application"
    acts.confirm("NL7K2P3")
    acts.register("Z-4", "2026-02-25 06:00", evb="NL7K2P3", vin="")
    acts.apply("A-3", "2026-02-26 10:00", evb=OTHER_EVB, plate=PLATE)
    assert [acts.case(message).state for message in ("Z-3", "Z-4")] == ["grace", "grace"]
    assert [one.application_id for one in intake.applications_to_clear()] == ["A-3"]


def test_two_vehicles_on_one_single_confirmation_are_clarified_and_on_a_permanent_one_two_cases() -> None:
    """Scenario 13: the second notice on a single eVB gets no automatic letter; a permanent one serves many."""
    acts.confirm(OTHER_EVB, kind="permanent")
    acts.register("Z-1")
    acts.register("Z-2", vin=OTHER_VIN, plate=OTHER_PLATE)
    acts.register("Z-3", evb=OTHER_EVB, vin="WVWZZZ1JZ3W386754", plate="K-A 3")
    acts.register("Z-4", evb=OTHER_EVB, vin="WVWZZZ1JZ3W386755", plate="K-A 4")
    acts.mornings(acts.REQUESTED)
    assert [len(acts.letters_of(f"Z-{number}")) for number in (1, 2, 3, 4)] == [1, 0, 1, 1]
    assert cases.clarifications().get().clarification == "evb_used_twice"


def test_a_plate_changed_before_the_reminder_is_on_it_with_the_earlier_one_and_no_case_is_opened() -> None:
    """Scenario 14: letters show the current plate and the one before; nothing new is opened."""
    acts.register("Z-1")
    acts.mornings(acts.REQUESTED)
    acts.receive(acts.notice("Z-2", "2026-02-25 06:00", kind="plate_change", plate="MÜ-AB 12"))
    acts.mornings(acts.REMINDED)
    request, reminder = acts.letters_of("Z-1")
    assert (request.facts["vehicle"]["plate"], request.facts["vehicle"]["previous_plates"]) == (PLATE, [])
    assert reminder.facts["vehicle"]["plate"] == "MÜ-AB 12"
    assert reminder.facts["vehicle"]["previous_plates"] == [PLATE]
    assert cases.everything().count() == 1


@pytest.mark.parametrize(("at", "letters"), [("2026-02-10 06:00", 0), ("2026-02-20 06:00", 1), ("2026-03-10 06:00", 2)])
def test_a_vehicle_that_is_deregistered_is_asked_for_no_more(at: str, letters: int) -> None:
    """Scenario 15: before or after letters, the timers stop and what was written is settled."""
    acts.register("Z-1")
    signal = acts.notice("Z-2", at, kind="deregistration")
    before = [day for day in acts.EVERY_STEP if day < at]
    acts.mornings(*before)
    acts.receive(signal)
    acts.mornings(*acts.EVERY_STEP[len(before) :])
    assert [one.settled_reason for one in acts.letters_of("Z-1")] == ["deregistration"] * letters
    assert acts.case("Z-1").close_reason == "deregistration"


def test_a_vehicle_that_another_insurer_covers_is_asked_for_no_more() -> None:
    """Scenario 16: the confirmation of another insurer ends the case."""
    acts.register("Z-1")
    acts.mornings(acts.REQUESTED)
    acts.receive(acts.notice("Z-2", "2026-02-20 06:00", kind="other_insurer"))
    acts.mornings(*acts.EVERY_STEP[1:])
    assert [one.settled_reason for one in acts.letters_of("Z-1")] == ["other_insurer"]
    assert not cases.proposed_cancellations().exists()


def test_an_application_after_the_proposal_to_cancel_takes_the_case_off_the_worklist() -> None:
    """Scenario 20, before the cancellation: the application still ends the case."""
    acts.register("Z-1")
    acts.mornings(*acts.EVERY_STEP)
    assert cases.proposed_cancellations().exists()
    acts.apply("A-1", "2026-04-08 10:00", vin=VIN)
    assert not cases.proposed_cancellations().exists()
    assert {one.settled_reason for one in acts.letters_of("Z-1")} == {"application"}


def test_a_notice_that_is_taken_back_after_the_request_ends_the_case_and_settles_the_letter() -> None:
    """Scenario 26: the letter stays where it is and says why it is settled."""
    acts.register("Z-1")
    acts.mornings(acts.REQUESTED)
    acts.receive(acts.notice("Z-1", "2026-02-20 06:00", kind="withdrawn"))
    acts.mornings(*acts.EVERY_STEP[1:])
    letter = delivery.mailbox_of(agencies.user(cast.CARLA)).get()
    assert (letter.settled_reason, str(letter.settled_on)) == ("withdrawn", "2026-02-20")


def test_keeper_and_policyholder_are_both_on_the_letter_and_neither_is_in_the_mail(home: Path) -> None:
    """Scenario 27: the keeper is a company, the policyholder a person."""
    acts.register("Z-1", keeper_name="Bäckerei Groß GmbH")
    acts.mornings(acts.REQUESTED)
    facts = acts.letter("Z-1").facts
    assert (facts["keeper"]["name"], facts["policyholder"]["name"]) == ("Bäckerei Groß GmbH", acts.POLICYHOLDER)
    assert not any("Groß" in str(mail) or "Übelacker" in str(mail) for mail in acts.mails_in(home))


def test_a_plate_with_umlaut_is_found_by_its_two_letter_spelling() -> None:
    """Scenario 28: MÜL from the authority, MUEL from the intermediary's software."""
    acts.confirm(OTHER_EVB)
    acts.register("Z-1", plate="MÜL-A 12")
    acts.apply("A-1", evb=OTHER_EVB, plate="MUEL-A 12")
    assert acts.case("Z-1").close_reason == "application"


def test_a_seasonal_plate_is_requested_outside_its_season_too() -> None:
    """Scenario 32: the season is on the letter, and cover is asked for all the same."""
    acts.register("Z-1", season="04-10")
    acts.mornings(acts.REQUESTED)
    assert acts.letter("Z-1").facts["vehicle"]["season"] == "04-10"


def test_two_vehicles_that_share_a_plate_are_two_cases() -> None:
    """Scenario 33: Wechselkennzeichen; each vehicle's application ends its own case."""
    acts.confirm(OTHER_EVB)
    acts.register("Z-1")
    acts.register("Z-2", evb=OTHER_EVB, vin=OTHER_VIN)
    acts.apply("A-1", evb=OTHER_EVB, vin=OTHER_VIN, plate=PLATE)
    assert [acts.case(message).state for message in ("Z-1", "Z-2")] == ["grace", "closed"]
    acts.apply("A-2", evb=EVB, plate=PLATE)
    assert acts.case("Z-1").state == "closed"
