"""The catalogue's scenarios through the doors: registrations that are answered, stopped, renamed or taken back."""

from tests import acts
from tests.acts import OTHER_EVB, OTHER_PLATE, OTHER_VIN, PLATE, VIN, moment
from tests.cast import ANNA, CARLA, ROBOT
from tests.journeys.doors import HEDDA, INGO, MAILBOX, Doors

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

DAY_AFTER = "2026-02-17 09:00"


def test_scenario_01_an_application_in_the_same_minute_as_the_reminder_wins(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(moment(f"{acts.REMINDED} 07:00")):
        rounds.take_steps()
        rounds.announce()
    doors.apply("A-1", f"{acts.REMINDED} 07:00:30")
    with clock.turned_to(moment(f"{acts.REMINDED} 07:01")):
        rounds.post()
    assert [letter["settled_reason"] for letter in doors.letters()] == ["application"] * 2
    assert "Antrag eingegangen" in doors.page(CARLA, f"{MAILBOX}{doors.letters()[1]['id']}/", f"{acts.REMINDED} 09:00")
    assert not any("Erinnerung" in mail["Subject"] for mail in doors.mails())


def test_scenario_02_an_application_under_another_evb_is_found_and_where_two_fit_a_person_decides(doors: Doors) -> None:
    for number in (OTHER_EVB, "NL7K2P4"):
        doors.confirm(number)
    doors.register("Z-1", vin="")
    doors.register("Z-2", evb="NL7K2P4", vin="")
    doors.apply("A-1", "2026-02-10 10:00", evb=OTHER_EVB, plate=PLATE)
    assert [doors.case(message)["state"] for message in ("Z-1", "Z-2")] == ["grace"] * 2
    assert "A-1" in doors.page(HEDDA, "/innendienst/unklare-meldungen/", "2026-02-10 11:00")
    doors.decide(HEDDA, "application_sort", "A-1", when="2026-02-10 11:00", choice=acts.intake_case("Z-1"))
    assert [doors.case(message)["close_reason"] for message in ("Z-1", "Z-2")] == ["application", ""]


def test_scenario_13_a_second_vehicle_on_a_single_evb_is_a_clarification_and_on_a_permanent_one_a_case(
    doors: Doors,
) -> None:
    doors.confirm(OTHER_EVB, kind="permanent")
    doors.register("Z-1")
    doors.register("Z-2", vin=OTHER_VIN, plate=OTHER_PLATE)
    for number in (3, 4):
        doors.register(f"Z-{number}", evb=OTHER_EVB, vin=f"WVWZZZ1JZ3W38675{number + 4}", plate=f"K-A {number}")
    acts.mornings(acts.REQUESTED)
    assert [len(doors.letters(f"Z-{number}")) for number in (1, 2, 3, 4)] == [1, 0, 1, 1]
    assert OTHER_PLATE in doors.page(HEDDA, "/innendienst/klaerfaelle/", DAY_AFTER)


def test_scenario_14_a_changed_plate_is_on_the_reminder_with_the_one_before(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    doors.register("Z-2", "2026-02-25 06:00", kind="plate_change", plate="MÜ-AB 12")
    acts.mornings(acts.REMINDED)
    page = doors.page(CARLA, f"{MAILBOX}{doors.letters()[1]['id']}/", f"{acts.REMINDED} 09:00")
    assert "MÜ-AB 12" in page
    assert PLATE in page
    found = doors.mailbox(CARLA, f"{acts.REMINDED} 09:00", suche="mueab12")
    assert found == [doors.letters()[1]["id"]]


def test_scenario_15_a_deregistered_vehicle_is_asked_for_no_more(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    doors.register("Z-2", "2026-02-20 06:00", kind="deregistration")
    acts.mornings(*acts.EVERY_STEP[1:])
    assert [letter["settled_reason"] for letter in doors.letters()] == ["deregistration"]
    assert "außer Betrieb gesetzt" in doors.page(CARLA, f"{MAILBOX}{doors.letters()[0]['id']}/", "2026-04-07 09:00")


def test_scenario_16_a_vehicle_that_another_insurer_covers_is_asked_for_no_more(doors: Doors) -> None:
    case = doors.register()
    acts.mornings(acts.REQUESTED)
    doors.register("Z-2", "2026-02-20 06:00", kind="other_insurer")
    acts.mornings(*acts.EVERY_STEP[1:])
    assert (doors.case()["close_reason"], len(doors.letters())) == ("other_insurer", 1)
    assert case not in doors.page(HEDDA, "/innendienst/kuendigungen/", "2026-04-07 09:00")


def test_scenario_20_after_a_cancellation_the_application_leaves_the_cover_to_a_case_worker(doors: Doors) -> None:
    case = doors.register()
    acts.mornings(*acts.EVERY_STEP)
    doors.decide(HEDDA, "cancellation_propose", case, when="2026-04-07 09:00")
    doors.decide(INGO, "cancellation_approve", case, when="2026-04-07 09:30")
    doors.apply("A-1", "2026-04-09 10:00")
    assert "eilig" in doors.page(HEDDA, "/innendienst/", "2026-04-09 11:00")
    assert "Entscheidung über die Deckung" in doors.page(CARLA, f"/cockpit/vorgaenge/{case}/", "2026-04-09 11:00")
    told = {address: len(doors.mails(address)) for address in ("anna@brueckner.example", "carla@brueckner.example")}
    doors.decide(HEDDA, "cancellation_withdraw", case, when="2026-04-09 11:00")
    acts.mornings("2026-04-10")
    letter = doors.letters()[-1]
    assert (letter["kind"], letter["settled_on"]) == ("cancellation_withdrawn", None)
    page = doors.page(CARLA, f"{MAILBOX}{letter['id']}/", "2026-04-10 09:00")
    assert "besteht ohne Unterbrechung fort" in page
    software = doors.listed(ROBOT, "2026-04-10 09:00")
    assert (software.ids[-1], software.all("tran:Kategorie")[-1]) == (letter["id"], "160008000")
    assert [len(doors.mails(address)) - before for address, before in told.items()] == [1, 1]


def test_scenario_26_a_notice_that_is_taken_back_settles_the_letter_and_says_why(doors: Doors) -> None:
    doors.register()
    acts.mornings(acts.REQUESTED)
    doors.register("Z-1", "2026-02-20 06:00", kind="withdrawn")
    acts.mornings(*acts.EVERY_STEP[1:])
    letter = doors.letters()[0]
    assert (letter["settled_reason"], letter["settled_on"]) == ("withdrawn", "2026-02-20")
    assert "Mitteilung zurückgenommen" in doors.page(ANNA, f"{MAILBOX}{letter['id']}/", "2026-02-20 09:00")


def test_scenario_27_keeper_and_policyholder_are_both_on_the_letter_and_neither_is_in_the_mail(doors: Doors) -> None:
    doors.register(keeper_name="Bäckerei Groß GmbH")
    acts.mornings(acts.REQUESTED)
    page = doors.page(CARLA, f"{MAILBOX}{doors.letters()[0]['id']}/", DAY_AFTER)
    assert "Bäckerei Groß GmbH" in page
    assert acts.POLICYHOLDER in page
    assert doors.mails()
    assert not any("Groß" in str(mail) or "Übelacker" in str(mail) for mail in doors.mails())


def test_scenario_28_a_plate_with_umlaut_is_known_by_its_two_letter_spelling_at_every_door(doors: Doors) -> None:
    doors.confirm(OTHER_EVB)
    case = doors.register(plate="MÜL-A 12")
    acts.mornings(acts.REQUESTED)
    assert doors.mailbox(CARLA, DAY_AFTER, suche="MUEL-A 12") == [doors.letters()[0]["id"]]
    assert case in doors.page(HEDDA, "/innendienst/vorgaenge/?suche=muel-a12", DAY_AFTER)
    doors.apply("A-1", "2026-02-18 10:00", evb=OTHER_EVB, plate="MUEL-A 12")
    assert doors.case()["close_reason"] == "application"


def test_scenario_32_a_seasonal_plate_is_requested_outside_its_season_too(doors: Doors) -> None:
    doors.register(season="04-10")
    acts.mornings(acts.REQUESTED)
    assert "April bis Oktober" in doors.page(CARLA, f"{MAILBOX}{doors.letters()[0]['id']}/", DAY_AFTER)


def test_scenario_33_two_vehicles_that_share_a_plate_are_two_cases_and_end_apart(doors: Doors) -> None:
    doors.confirm(OTHER_EVB)
    cases = [doors.register(), doors.register("Z-2", evb=OTHER_EVB, vin=OTHER_VIN)]
    page = doors.page(CARLA, "/cockpit/vorgaenge/", "2026-02-03 09:00")
    assert all(case in page for case in cases)
    doors.apply("A-1", "2026-02-10 10:00", evb=OTHER_EVB, vin=OTHER_VIN, plate=PLATE)
    assert [doors.case(message)["state"] for message in ("Z-1", "Z-2")] == ["grace", "closed"]
    doors.apply("A-2", "2026-02-10 10:00", vin=VIN)
    assert doors.case()["close_reason"] == "application"
