"""Plates, VINs and names out of the ordinary."""

from datetime import timedelta

from worldmaker.market import AGENCIES
from worldmaker.names import FAR_NAMES, LONG_COMPANIES
from worldmaker.parties import company, person
from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment


def out_of_season(script: Script) -> None:
    """Register seasonal plates outside their season."""
    early = script.notice("0147300", "2026-03-05 05:31:40", season="05-09", vehicle="motorcycle")
    winter = script.notice("0264000", "2026-05-04 05:31:41", season="10-03", vehicle="van")
    script.scene("32", "Seasonal plate, registered outside its season: the request is written all the same.", early)
    script.scene("32", "Season over the turn of the year (10-03), registered in May.", winter)


def interchangeable_plate(script: Script) -> None:
    """Register two vehicles of one keeper on plates that differ in the last digit."""
    cover = script.cover("0264000", moment("2026-03-10 05:31:42").date())
    other = script.cover("0264000", moment("2026-03-10 05:31:42").date(), holder=cover.holder, carrier=cover.carrier)
    first = script.register(cover, moment("2026-03-10 05:31:42"), plate=script.garage.reserve("DD-WK 481"))
    second = script.register(other, moment("2026-03-10 05:31:43"), plate=script.garage.reserve("DD-WK 482"))
    application = script.apply(second, moment("2026-03-31 08:20:00"))
    story = "Interchangeable plates: two vehicles of one keeper, two cases; the application ends one."
    script.scene("33", story, first, second, application)


def electric_and_historic(script: Script) -> None:
    """Register plates with E and H; the historic car has a VIN of nine characters."""
    electric = script.notice("0219300", "2026-03-19 05:31:44", suffix="E", vehicle="electric")
    historic = script.notice("0468000", "2026-03-24 05:31:45", suffix="H", vin="118472539", hsn="0708", tsn="400")
    both = script.notice("0433000", "2026-04-07 05:31:46", suffix="H", season="04-10", vehicle="historic")
    script.scene("–", "Plate with E; plate with H and season.", electric, both)
    script.scene("–", "Plate with H and a VIN of nine characters: accepted with a warning.", historic)


def without_vin(script: Script) -> None:
    """Leave out the VIN; the eVB still finds the case."""
    notice = script.notice("0412100", "2026-03-23 05:31:47", vin="", hsn="", tsn="")
    application = script.apply(notice, moment("2026-04-14 10:10:10"), plate="")
    open_one = script.notice("0301300", "2026-03-24 05:31:48", vin="")
    script.scene("–", "Notice without VIN: the application matches by eVB.", notice, application)
    script.scene("–", "Notice without VIN, never applied for.", open_one)


def plates_as_people_write_them(script: Script) -> None:
    """Spell plates with blanks, in small letters, with two letters for an umlaut."""
    spellings = (
        ("0118300", "LÜN-KW 417", "LUEN-KW 417"),
        ("0301410", "SÖM-A 923", "SÖM A 923"),
        ("0301310", "SÜW-DH 88", "süw-dh 88"),
        ("0264100", "LÖB-ZZ 314", "LOEB ZZ 314"),
        ("0147110", "AÖ-P 6021", "AÖ-P6021"),
        ("0378100", "MÜR-TC 55", "MUER TC 55"),
        ("0517000", "J-X 4077", "JX4077"),
    )
    notices = []
    for place, (agency, plate, spelled) in enumerate(spellings):
        script.garage.reserve(plate)
        notices.append(script.notice(agency, f"2026-04-{20 + place // 2} 05:31:5{place}", plate=spelled))
    script.scene("28", "Plates with blanks, small letters, two letters for an umlaut, nothing between.", *notices)


def authority_plate(script: Script) -> None:
    """Register a municipal vehicle, whose plate has digits only."""
    holder = company(script.dice, AGENCIES["0264110"].town, "Große Kreisstadt Görlitz, Städtischer Bauhof")
    cover = script.cover("0264110", moment("2026-03-26 05:31:57").date(), holder=holder)
    plate = script.garage.reserve("GR-2071")
    notice = script.register(cover, moment("2026-03-26 05:31:57"), plate=plate, vehicle="truck")
    script.scene("–", "Plate of an authority: district and digits only.", notice)


def long_and_far_names(script: Script) -> None:
    """Write letters about names that fill the line and about letters that fonts lack."""
    casts = (
        (17, company, LONG_COMPANIES, "companies with long names"),
        (18, person, FAR_NAMES[:8], "names with letters of DIN 91379"),
        (19, person, FAR_NAMES[8:], "names with letters of DIN 91379"),
    )
    agencies = ("0301310", "0118000", "0219000", "0147000", "0203000", "0264000", "0468000", "0412000")
    for day, make, names, what in casts:
        notices = []
        for second, (agency, name) in enumerate(zip(agencies, names, strict=False)):
            when = moment(f"2026-03-{day} 05:31:{second:02}")
            cover = script.cover(agency, when.date(), holder=make(script.dice, AGENCIES[agency].town, name))
            notices.append(script.register(cover, when))
        for notice in notices[::2]:
            script.apply(notice, at(days_of(notice).reminder_1 + timedelta(days=day - 15), "16:40:00"))
        script.scene("–", f"Policyholders: {what}.", *notices)


SCENES = (
    out_of_season,
    interchangeable_plate,
    electric_and_historic,
    without_vin,
    plates_as_people_write_them,
    authority_plate,
    long_and_far_names,
)
