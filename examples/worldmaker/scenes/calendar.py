"""Week-ends, public holidays of one Land or of all, and the night in which an hour is missing."""

from worldmaker.script import Script


def grace_ends_on_a_holiday(script: Script) -> None:
    """Let the fourteen days of grace end on days on which nobody works."""
    for when, ends, written in (
        ("2026-03-20 05:30:35", "Good Friday", "2026-04-07"),
        ("2026-03-23 05:30:36", "Easter Monday", "2026-04-07"),
        ("2026-04-17 05:30:37", "1 May", "2026-05-04"),
        ("2026-04-30 05:30:38", "Ascension Day", "2026-05-15"),
        ("2026-03-14 09:12:00", "a Saturday", "2026-03-30"),
    ):
        notice = script.notice("0203000", when)
        script.scene("18", f"Grace ends on {ends}: the request is written on {written}.", notice)


def due_on_a_holiday(script: Script) -> None:
    """Let due dates fall on days on which nobody works."""
    for when, falls_on, due_on in (
        ("2026-03-06 05:30:39", "Good Friday", "2026-04-07"),
        ("2026-03-09 05:30:40", "Easter Monday", "2026-04-07"),
        ("2026-04-27 05:30:41", "Whit Monday", "2026-05-26"),
    ):
        notice = script.notice("0118200", when)
        script.scene("18", f"The request is due fourteen days later on {falls_on}, so on {due_on}.", notice)


def corpus_christi(script: Script) -> None:
    """Run the same days in a Land that keeps Corpus Christi and in one that does not."""
    due = [script.notice(agency, "2026-05-07 05:30:42") for agency in ("0118000", "0219000")]
    story = "Fourteen days end on Corpus Christi: due on 2026-06-05 in Köln, on 2026-06-04 in Berlin."
    script.scene("18", story, *due)
    step = [script.notice(agency, "2026-05-06 05:30:43") for agency in ("0147000", "0264000")]
    story = "Reminder 1 would be written on Corpus Christi: on 2026-06-05 in München, on 2026-06-04 in Dresden."
    script.scene("18", story, *step)


def missing_hour(script: Script) -> None:
    """Let notices arrive before and after the clock jumps from 02:00 to 03:00."""
    notices = [script.notice("0301000", f"2026-03-29 {clock}") for clock in ("01:58:30", "03:01:10")]
    script.scene("22", "Received in the night of the clock change, two minutes and forty seconds apart.", *notices)


def around_midnight(script: Script) -> None:
    """Let notices arrive around midnight in Germany, both on the same day in UTC."""
    notices = [script.notice("0489000", when) for when in ("2026-03-25 23:59:59", "2026-03-26 00:00:00")]
    script.scene("22", "Received in the last second of a German day, and in the first of the next.", *notices)


SCENES = (grace_ends_on_a_holiday, due_on_a_holiday, corpus_christi, missing_hour, around_midnight)
