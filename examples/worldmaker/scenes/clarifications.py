"""Notices that nobody can match without a human eye."""

from dataclasses import replace
from datetime import date, timedelta

from worldmaker.market import AGENCIES
from worldmaker.parties import person
from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment

_GONE = "0399000"


def single_evb_used_twice(script: Script) -> None:
    """Register a second vehicle on a single eVB."""
    first = script.notice("0118000", "2026-02-26 05:30:05")
    second = script.register(first.cover, moment("2026-03-06 05:30:44"))
    story = "Single eVB used for a second vehicle: the first case goes on, the second is evb_used_twice."
    script.scene("13", story, first, second)


def single_evb_used_again_later(script: Script) -> None:
    """Register a second vehicle after the first case has ended."""
    first = script.notice("0203000", "2026-02-27 05:30:45")
    application = script.apply(first, moment("2026-03-05 13:37:00"))
    second = script.register(first.cover, moment("2026-04-09 05:30:46"))
    story = "Single eVB used again after its case was closed: clarified all the same."
    script.scene("13", story, first, application, second)


def single_evb_freed(script: Script) -> None:
    """Withdraw the first registration, then register on the same eVB."""
    first = script.notice("0301310", "2026-03-16 05:30:47")
    back = script.withdraw(first, moment("2026-03-17 12:00:00"))
    second = script.register(first.cover, moment("2026-03-19 05:30:48"))
    story = "The first notice on a single eVB is withdrawn: the eVB is free, the second opens a case of its own."
    script.scene("13", story, first, back, second)


def agency_gone(script: Script) -> None:
    """Register on eVBs of an agency whose contract has ended."""
    heard = []
    for when in ("2026-03-03 05:30:49", "2026-04-16 05:30:50"):
        issued_on = date(2025, 2, 17)
        cover = script.cover(
            "0378000",
            moment(when).date(),
            agency_number=_GONE,
            issued_on=issued_on,
            valid_until=issued_on + timedelta(days=456),
        )
        heard.append(script.register(cover, moment(when)))
    story = f"eVB more than a year old, of agency {_GONE}, which is no longer there: agency_missing."
    script.scene("17", story, *heard)


def evb_expired(script: Script) -> None:
    """Register after the eVB's last day, once on it."""
    late, in_time = (
        script.cover("0264110", date(2026, 3, 24), issued_on=date(2025, 9, 20), valid_until=date(2026, 3, 22)),
        script.cover("0264110", date(2026, 3, 24), issued_on=date(2025, 9, 21), valid_until=date(2026, 3, 23)),
    )
    when, registered_on = moment("2026-03-24 05:30:51"), date(2026, 3, 23)
    expired = script.register(late, when, registered_on=registered_on)
    valid = script.register(in_time, when + timedelta(seconds=1), registered_on=registered_on)
    script.scene("–", "eVB expired the day before the registration: evb_expired.", expired)
    script.scene("–", "eVB valid until the very day of the registration: an ordinary case.", valid)


def day_of_registration_unknown(script: Script) -> None:
    """Leave out the day of registration; the eVB expired before the day of arrival."""
    cover = script.cover("0390000", date(2026, 4, 1), issued_on=date(2025, 9, 25), valid_until=date(2026, 3, 31))
    notice = script.register(cover, moment("2026-04-01 05:31:30"), registered_on=None)
    script.scene("–", "No day of registration: the day of arrival counts, evb_expired.", notice)


def evb_unknown(script: Script) -> None:
    """Register on eVBs that no carrier has confirmed, and on none."""
    numbers = (script.garage.evb("QU"), script.garage.evb("QB"), "", "")
    notices = [
        script.notice("0412000", f"2026-03-{16 + place} 05:30:53", evb=number) for place, number in enumerate(numbers)
    ]
    script.scene("–", "eVB that was never confirmed to us: evb_unknown.", *notices[:2])
    script.scene("–", "Notice without eVB: evb_unknown.", *notices[2:])


def clarified_then_settled(script: Script) -> None:
    """End clarifications by an application and by a de-registration."""
    first, second = (
        script.notice("0147000", "2026-03-30 05:30:54", evb=script.garage.evb("QF")),
        script.notice("0147000", "2026-03-30 05:30:55", evb=""),
    )
    application = script.apply(first, moment("2026-04-17 10:05:00"), evb=first.cover.number)
    stop = script.hear(second, moment("2026-04-24 05:30:10"), "deregistration")
    script.scene("–", "A clarification ends by an application that names the VIN.", first, application)
    script.scene("–", "A clarification ends by a de-registration.", second, stop)


def application_before_clarification(script: Script) -> None:
    """Apply before a notice that would have to be clarified."""
    cover = script.cover("0533000", date(2026, 4, 10), issued_on=date(2025, 8, 1), valid_until=date(2026, 1, 31))
    notice = script.register(cover, moment("2026-04-10 05:30:56"))
    application = script.apply(notice, moment("2026-04-02 18:22:00"))
    story = "The application is there before a notice on an expired eVB: the application wins, no case."
    script.scene("–", story, application, notice)


def known_already(script: Script) -> None:
    """Let three notices come once more, unchanged, two weeks later."""
    when = ("2026-03-17 05:30:57", "2026-03-17 05:30:58", "2026-03-18 05:30:59")
    notices = [script.notice("0455000", each) for each in when]
    for notice in notices:
        script.repeat(notice, notice.received_at.date() + timedelta(days=14))
    script.scene("–", "The same row stands in a later file once more: known already, nothing happens.", *notices)


def keeper_is_not_the_policyholder(script: Script) -> None:
    """Let a company keep what a private person insures."""
    for agency, name in (
        (
            "0301310",
            "Bäuerliche Bezugs- und Absatzgenossenschaft Südliche Weinstraße und Pfälzer Bergland eG",
        ),
        ("0118110", "Bürgerbus-Verein Münstereifeler Höhengebiet und Umgebung gemeinnütziger e. V."),
    ):
        holder = person(script.dice, AGENCIES[agency].town)
        cover = script.cover(agency, date(2026, 3, 11), holder=holder)
        keeper = replace(cover.holder, name=name, is_company=True)
        notice = script.register(cover, moment("2026-03-11 05:31:00"), keeper=keeper, vehicle="van")
        script.apply(notice, at(days_of(notice).reminder_1 + timedelta(days=1), "11:00:00"))
        script.scene("27", "Keeper is a company, the policyholder is private: letters name both, mails none.", notice)


SCENES = (
    single_evb_used_twice,
    single_evb_used_again_later,
    single_evb_freed,
    agency_gone,
    evb_expired,
    day_of_registration_unknown,
    evb_unknown,
    clarified_then_settled,
    application_before_clarification,
    known_already,
    keeper_is_not_the_policyholder,
)
