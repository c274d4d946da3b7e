"""Applications that say something else than the notice, and what they still match."""

from dataclasses import replace
from datetime import timedelta

from worldmaker.market import AGENCIES
from worldmaker.parties import person
from worldmaker.places import TOWNS
from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment


def other_evb_same_vin(script: Script) -> None:
    """Name another eVB, but the vehicle's VIN."""
    notice = script.notice("0147000", "2026-03-05 05:30:03")
    other = script.cover("0147000", notice.received_at.date(), holder=notice.cover.holder)
    application = script.apply(notice, at(days_of(notice).request + timedelta(days=3), "10:11:12"), evb=other.number)
    script.scene("2", "Application with another eVB, but the VIN: the VIN decides, closed.", notice, application)


def other_evb_same_plate_and_policyholder(script: Script) -> None:
    """Name another eVB of the same policyholder and the plate; the name differs in case and blanks."""
    notice = script.notice("0301000", "2026-03-09 05:30:08")
    holder = notice.cover.holder
    loud = replace(holder, name=holder.name.upper().replace(" ", "  ", 1))
    other = script.cover("0301000", notice.received_at.date(), holder=loud)
    late = at(days_of(notice).reminder_1 + timedelta(days=2), "16:05:00")
    application = script.apply(notice, late, evb=other.number, vin="")
    story = "Application with another eVB of the same policyholder and the plate: closed by plate and name."
    script.scene("2", story, notice, application)


def mistyped_evb(script: Script) -> None:
    """Name an eVB with a typing error and the plate, but no VIN."""
    notice = script.notice("0203100", "2026-03-06 05:30:17")
    late = at(days_of(notice).request + timedelta(days=4), "09:30:00")
    application = script.apply(notice, late, evb=script.garage.mistyped(notice.evb), vin="")
    story = "Application with a mistyped eVB and the plate, no VIN: nothing matches, reminders go on."
    script.scene("2", story, notice, application)


def other_vin_same_single_evb(script: Script) -> None:
    """Name the single eVB with the VIN of another vehicle."""
    notice = script.notice("0378000", "2026-03-10 05:30:05")
    late = at(days_of(notice).request + timedelta(days=1), "12:00:00")
    application = script.apply(notice, late, vin=script.garage.vehicle().vin, plate="")
    script.scene("2", "Application with the single eVB, but another VIN: the eVB decides, closed.", notice, application)


def permanent_evb(script: Script) -> None:
    """Register a fleet on one permanent eVB; applications name one vehicle, none, and one yet to come."""
    cover = script.cover("0502000", moment("2026-03-01 00:00:00").date(), kind="permanent", valid_until=None)
    fleet = [script.register(cover, moment(f"2026-03-12 05:30:{second}"), vehicle="van") for second in range(40, 44)]
    one = script.apply(fleet[0], at(days_of(fleet[0]).request, "13:14:15"))
    none = script.apply(fleet[1], at(days_of(fleet[1]).reminder_1, "09:09:09"), vin="", plate="", agency="")
    fifth = script.register(cover, moment("2026-04-22 05:30:31"), vehicle="van")
    ahead = script.apply(fifth, moment("2026-04-10 11:00:00"), plate="")
    script.scene("13", "Permanent eVB, four vans: each is a case of its own.", *fleet)
    script.scene("13", "Application with the VIN of the first van: it ends that case only.", fleet[0], one)
    script.scene("13", "Application with the permanent eVB alone: several cases fit, nothing ends, worklist.", none)
    story = "Application with the eVB and the VIN of a fifth van: no open case fits, the fifth opens none."
    script.scene("13", story, ahead, fifth)


def second_application(script: Script) -> None:
    """Send the application twice."""
    notice = script.notice("0489000", "2026-03-16 08:51:20")
    first = script.apply(notice, at(days_of(notice).request + timedelta(days=2), "08:15:00"))
    second = script.apply(notice, at(days_of(notice).request + timedelta(days=6), "17:45:30"))
    story = "The same vehicle is applied for twice: the second belongs to the answered case and prevents nothing."
    script.scene("–", story, notice, first, second)


def new_keeper_new_evb(script: Script) -> None:
    """Sell the vehicle while its case is open; the application of the new keeper names VIN and eVB."""
    first = script.notice("0118300", "2026-03-13 05:30:12")
    sold = script.cover("0455000", moment("2026-04-08 00:00:00").date())
    vehicle = {"vin": first.vin, "hsn": first.hsn, "tsn": first.tsn}
    second = script.register(sold, moment("2026-04-08 05:30:28"), kind="holder_change", **vehicle)
    application = script.apply(second, moment("2026-04-16 10:22:05"))
    story = "Sold, with a new eVB: a second case for one VIN; the application's eVB decides which it ends."
    script.scene("–", story, first, second, application)


def umlaut_in_two_letters(script: Script) -> None:
    """Apply by plate, spelled without umlaut, and a second eVB of the policyholder."""
    for agency, when in (("0147100", "2026-03-18 05:30:07"), ("0322100", "2026-03-19 13:20:00")):
        home = AGENCIES[agency].town
        cover = script.cover(agency, moment(when).date(), holder=person(script.dice, home, "Jörg Weiß"))
        notice = script.register(cover, moment(when))
        other = script.cover(agency, moment(when).date(), holder=cover.holder)
        plain = notice.plate.replace("Ü", "UE").replace(" ", "")
        late = at(days_of(notice).request + timedelta(days=5), "14:00:00")
        application = script.apply(notice, late, evb=other.number, vin="", plate=plain)
        story = f"Application with plate {plain} and another eVB: the same vehicle as {notice.plate}, closed."
        script.scene("28", story, notice, application)


def districts_stay_apart(script: Script) -> None:
    """Register B-AM 1207 and BA-M 1207 for people of the same name; apply for one of them."""
    notices = []
    for agency, town, plate in (("0219000", "Berlin", "B-AM 1207"), ("0147210", "Bamberg", "BA-M 1207")):
        holder = person(script.dice, TOWNS[town], "Andreas Müller")
        cover = script.cover(agency, moment("2026-03-20 00:00:00").date(), holder=holder)
        when = moment("2026-03-20 05:30:15")
        notices.append(script.register(cover, when, plate=script.garage.reserve(plate)))
    holder = notices[1].cover.holder
    other = script.cover("0147210", notices[1].received_at.date(), holder=holder)
    application = script.apply(notices[1], moment("2026-04-09 09:00:00"), evb=other.number, vin="")
    story = "B-AM 1207 and BA-M 1207, both of an Andreas Müller: the application by plate ends the latter only."
    script.scene("–", story, *notices, application)


SCENES = (
    other_evb_same_vin,
    other_evb_same_plate_and_policyholder,
    mistyped_evb,
    other_vin_same_single_evb,
    permanent_evb,
    second_application,
    new_keeper_new_evb,
    umlaut_in_two_letters,
    districts_stay_apart,
)
