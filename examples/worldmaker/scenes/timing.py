"""Applications that arrive at the worst moment: in the minute of a step, with the notice, too late."""

from datetime import timedelta

from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment


def just_before_the_request(script: Script) -> None:
    """Arrive in the last second before the run that would write the request."""
    notice = script.notice("0203000", "2026-02-24 05:30:04")
    application = script.apply(notice, at(days_of(notice).request, "06:59:59"))
    story = "Application one second before the run of the request: no letter is written."
    script.scene("1", story, notice, application)


def just_before_the_reminder(script: Script) -> None:
    """Arrive in the minute before the run that would write the first reminder."""
    notice = script.notice("0118100", "2026-02-23 05:30:02")
    application = script.apply(notice, at(days_of(notice).reminder_1, "06:59:30"))
    story = "Application in the minute before the run of reminder 1: the request stays the only letter."
    script.scene("1", story, notice, application)


def at_the_stroke_of_the_run(script: Script) -> None:
    """Arrive at exactly 07:00:00 on the day of the first reminder."""
    notice = script.notice("0301100", "2026-03-04 05:30:09")
    application = script.apply(notice, at(days_of(notice).reminder_1, "07:00:00"))
    story = "Application at exactly 07:00:00 on the day of reminder 1: fed after the run, the reminder is out."
    script.scene("1", story, notice, application)


def just_after_the_last_reminder(script: Script) -> None:
    """Arrive twenty seconds after the run that wrote the last reminder."""
    notice = script.notice("0264200", "2026-03-03 11:42:10")
    application = script.apply(notice, at(days_of(notice).reminder_2, "07:00:20"))
    story = "Application twenty seconds after the run of reminder 2: three letters, then closed the same day."
    script.scene("1", story, notice, application)


def at_the_instant_of_the_notice(script: Script) -> None:
    """Arrive in the very second in which the notice arrives."""
    notice = script.notice("0412100", "2026-03-17 10:15:33")
    application = script.apply(notice, notice.received_at)
    story = "Notice and application in the same second: the notice comes first, its case is closed at once."
    script.scene("1", story, notice, application)


def at_seven_sharp(script: Script) -> None:
    """Let notices arrive at exactly 07:00:00."""
    notices = [script.notice(agency, "2026-03-11 07:00:00") for agency in ("0219000", "0322100", "0560000")]
    script.apply(notices[1], moment("2026-03-30 13:00:00"))
    script.scene("1", "Notices at exactly 07:00:00: fed after that day's run.", *notices)


def after_the_proposal(script: Script) -> None:
    """Arrive when the cancellation has already been proposed."""
    for agency, when, late in (("0118200", "2026-03-02 05:30:11", 4), ("0203200", "2026-02-26 14:02:51", 11)):
        notice = script.notice(agency, when)
        too_late = at(days_of(notice).proposal + timedelta(days=late), "15:20:41")
        application = script.apply(notice, too_late)
        story = f"Application {late} days after the proposal to cancel: the case closes all the same."
        script.scene("20", story, notice, application)


def before_the_world_begins(script: Script) -> None:
    """Arrive days before the notice, and before the first day of the run."""
    notice = script.notice("0345000", "2026-02-25 05:30:06")
    application = script.apply(notice, moment("2026-02-18 17:40:12"))
    script.scene("1", "Application before the first day of the run: no case, no letter.", notice, application)


def nothing_for_ever(script: Script) -> None:
    """Let four Länder escalate to the end."""
    agencies = ("0219000", "0390000", "0322000", "0118000")
    notices = [script.notice(agency, f"2026-02-23 05:30:{place:02}") for place, agency in enumerate(agencies, 20)]
    story = "Nothing is ever heard: request, reminder 1 (hoch), reminder 2 (letzte), cancellation proposed."
    script.scene("–", story, *notices)


SCENES = (
    just_before_the_request,
    just_before_the_reminder,
    at_the_stroke_of_the_run,
    just_after_the_last_reminder,
    at_the_instant_of_the_notice,
    at_seven_sharp,
    after_the_proposal,
    before_the_world_begins,
    nothing_for_ever,
)
