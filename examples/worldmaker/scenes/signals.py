"""Messages that end or change a case: another insurer, de-registration, withdrawal, a new plate."""

from datetime import timedelta

from worldmaker.parties import party
from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment

# Other insurers' eVB numbers, as far as an authority passes them on.
_ELSEWHERE = "QX"
_WEEK = timedelta(days=7)


def plate_changed(script: Script) -> None:
    """Change the plate after the request; the next letters show the new one."""
    notice = script.notice("0219100", "2026-02-27 05:30:10")
    changed = at(days_of(notice).request + _WEEK, "05:30:12")
    change = script.hear(notice, changed, "plate_change", plate=script.garage.plate("P"))
    story = "Plate changed between request and reminder 1: one case, the reminders show the new plate."
    script.scene("14", story, notice, change)


def stopped_by_the_old_plate(script: Script) -> None:
    """End a case by a plate that it no longer bears."""
    notice = script.notice("0412000", "2026-03-12 05:30:14")
    change = script.hear(notice, moment("2026-03-30 05:30:20"), "plate_change", plate=script.garage.plate("GÖ"))
    gone = {"evb": script.garage.evb(_ELSEWHERE), "vin": "", "plate": notice.plate.replace("Ö", "OE")}
    stop = script.hear(notice, moment("2026-04-15 05:30:02"), "other_insurer", **gone)
    story = "Other insurer, found by the former plate alone (GÖ spelled GOE): any plate of a case matches."
    script.scene("14", story, notice, change, stop)


def plate_changed_too_late(script: Script) -> None:
    """Change the plate of a vehicle whose case is closed."""
    notice = script.notice("0301200", "2026-03-02 05:30:33")
    application = script.apply(notice, moment("2026-03-10 12:31:00"))
    change = script.hear(notice, moment("2026-04-02 05:30:07"), "plate_change", plate=script.garage.plate("KS"))
    story = "Plate changed after the case was closed: plate history, no new case."
    script.scene("14", story, notice, application, change)


def plate_changed_with_the_keeper(script: Script) -> None:
    """Change plate and keeper in one message."""
    notice = script.notice("0203210", "2026-03-24 05:30:19")
    changes = {"plate": script.garage.plate("HB"), "keeper": party(script.dice, notice.keeper.town)}
    change = script.hear(notice, moment("2026-04-21 05:30:21"), "plate_change", **changes)
    script.scene("14", "Plate change with another keeper: plate history of the open case.", notice, change)


def deregistered(script: Script) -> None:
    """Take vehicles off the road at every stage."""
    for agency, when, stage in (
        ("0264000", "2026-03-03 05:30:16", "before the request"),
        ("0301400", "2026-03-05 05:30:18", "after the request"),
        ("0533000", "2026-03-04 05:30:22", "after reminder 2"),
    ):
        notice = script.notice(agency, when)
        days = days_of(notice)
        before = days.request - timedelta(days=5)
        day = {"before the request": before, "after the request": days.request + _WEEK}.get(stage, days.reminder_2)
        stop = script.hear(notice, at(day, "10:40:00"), "deregistration")
        script.scene("15", f"De-registered {stage}.", notice, stop)


def registered_for_a_day(script: Script) -> None:
    """Register and de-register a dealer's car within two days."""
    notice = script.notice("0322000", "2026-03-25 05:30:13")
    stop = script.hear(notice, moment("2026-03-26 05:30:13"), "deregistration")
    script.scene("15", "Day registration: on the road for a day, no request.", notice, stop)


def other_insurer(script: Script) -> None:
    """Confirm another insurer in grace and after the first reminder."""
    for agency, when, day in (
        ("0147300", "2026-03-09 05:30:23", "2026-03-16"),
        ("0118110", "2026-02-25 05:30:24", "2026-03-31"),
    ):
        notice = script.notice(agency, when)
        elsewhere = script.garage.evb(_ELSEWHERE)
        stop = script.hear(notice, moment(f"{day} 05:30:25"), "other_insurer", evb=elsewhere)
        stage = "in grace" if day == "2026-03-16" else "after reminder 1"
        script.scene("16", f"Other insurer confirmed {stage}; the message bears his eVB.", notice, stop)


def other_insurer_of_another_vin(script: Script) -> None:
    """Name a plate that fits and a VIN that does not."""
    notice = script.notice("0345000", "2026-03-26 05:30:26")
    changes = {"evb": script.garage.evb(_ELSEWHERE), "vin": script.garage.vehicle().vin}
    stop = script.hear(notice, moment("2026-04-13 09:12:40"), "other_insurer", **changes)
    story = "Other insurer with the plate of a case, but another VIN: it matches nothing, the case goes on."
    script.scene("16", story, notice, stop)


def withdrawn(script: Script) -> None:
    """Withdraw notices before and after their first letter."""
    early, late = (
        script.notice("0203000", "2026-03-18 05:30:27"),
        script.notice("0118000", "2026-03-10 05:30:28"),
    )
    soon = script.withdraw(early, early.received_at + timedelta(days=2, hours=4))
    after = script.withdraw(late, at(days_of(late).request + timedelta(days=1), "11:11:11"))
    script.scene("26", "Notice withdrawn in grace.", early, soon)
    script.scene("26", "Notice withdrawn after the request: the letter stays, done.", late, after)


def withdrawn_before_it_came(script: Script) -> None:
    """Let the withdrawal overtake its notice."""
    notice = script.notice("0471000", "2026-04-14 05:30:29")
    ahead = script.withdraw(notice, moment("2026-04-13 16:48:00"))
    script.scene("26", "The withdrawal arrives before its notice: the notice is void when it comes.", ahead, notice)


def withdrawn_signal(script: Script) -> None:
    """Withdraw a de-registration."""
    notice = script.notice("0390200", "2026-03-23 05:30:30")
    stop = script.hear(notice, moment("2026-04-20 05:30:09"), "deregistration")
    back = script.withdraw(stop, moment("2026-04-23 10:00:00"))
    script.scene("26", "A de-registration is withdrawn: nothing reopens by itself, worklist.", notice, stop, back)


def signals_without_a_case(script: Script) -> None:
    """Hear of vehicles that nobody knows."""
    stranger = script.notice("0560000", "2026-03-31 05:30:01")
    script.notices.remove(stranger)
    heard = [
        script.hear(stranger, moment("2026-04-01 09:41:00"), "deregistration"),
        script.hear(stranger, moment("2026-04-28 05:30:40"), "other_insurer", evb=script.garage.evb(_ELSEWHERE)),
        script.hear(stranger, moment("2026-05-06 05:30:41"), "plate_change", plate=script.garage.plate("TR")),
        script.hear(stranger, moment("2026-05-07 13:30:00"), "withdrawn"),
    ]
    script.scene("–", "Signals without a case: kept and reported, they open, end and prevent nothing.", *heard)


SCENES = (
    plate_changed,
    stopped_by_the_old_plate,
    plate_changed_too_late,
    plate_changed_with_the_keeper,
    deregistered,
    registered_for_a_day,
    other_insurer,
    other_insurer_of_another_vin,
    withdrawn,
    withdrawn_before_it_came,
    withdrawn_signal,
    signals_without_a_case,
)
