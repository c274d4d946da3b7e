"""Agencies whose letters change their way, and runs that hold many letters."""

from datetime import date, timedelta

from worldmaker.script import Script, days_of
from worldmaker.timetable import at, moment


def on_paper(script: Script) -> None:
    """Escalate at agencies that never receive electronically."""
    agencies = ("0147110", "0203110", "0264100", "0345100", "0390100", "0433000", "0533100")
    notices = [
        script.notice(agency, f"2026-03-0{place % 5 + 2} 05:31:1{place}") for place, agency in enumerate(agencies)
    ]
    script.scene("9", "Agency without electronic delivery: every letter by post, no mail.", *notices[:3], *notices[6:])
    script.scene("9", "The same, in agencies whose firm receives electronically elsewhere.", *notices[3:5])
    script.scene("9", "The same, in a firm that has no electronic agency at all.", notices[5])


def from_paper_to_electronic(script: Script) -> None:
    """Open cases before an agency's first electronic day; its first day is a day of reminders."""
    notice = script.notice("0118111", "2026-02-23 05:31:11")
    story = "Agency electronic from 2026-03-24: request by post, reminder 1 on the first electronic day itself."
    script.scene("10", story, notice)
    for agency, when, since in (
        ("0489100", "2026-02-24 05:31:12", "2026-03-16"),
        ("0219200", "2026-03-05 05:31:13", "2026-04-01"),
        ("0301410", "2026-03-12 05:31:14", "2026-04-20"),
        ("0378100", "2026-03-24 05:31:15", "2026-05-04"),
    ):
        notice = script.notice(agency, when)
        script.scene("10", f"Agency electronic from {since}: earlier letters stay paper, later ones do not.", notice)
    still = script.notice("0322200", "2026-03-13 05:31:16")
    script.scene("10", "Agency electronic from 2026-07-01 only: paper to the end.", still)


def back_to_paper(script: Script) -> None:
    """Open cases at agencies whose electronic delivery ends or has ended."""
    last = script.notice("0118210", "2026-02-23 05:31:17")
    story = "Agency electronic until 2026-03-24: reminder 1 on the last day still electronic, reminder 2 by post."
    script.scene("11", story, last)
    middle = script.notice("0412200", "2026-03-20 05:31:18")
    script.scene("11", "Agency electronic until 2026-04-30: the last reminder goes by post.", middle)
    ended = [script.notice("0471100", "2026-03-03 05:31:19"), script.notice("0560100", "2026-03-04 05:31:20")]
    script.scene("11", "Agency whose electronic delivery ended before the first day: paper.", *ended)


def nobody_reads(script: Script) -> None:
    """Escalate where no user of the firm can be mailed."""
    administrator = script.notice("0345000", "2026-03-05 05:31:21")
    script.scene("7", "The firm's administrator has no e-mail address (no_address).", administrator)
    nobody = script.notice("0517000", "2026-03-06 05:31:22")
    story = "Firm without administrator or restricted user: all are preset to Nein, nobody is mailed."
    script.scene("7", story, nobody)


def one_address_for_two(script: Script) -> None:
    """Escalate at firms where colleagues share an address."""
    notices = [script.notice(agency, "2026-03-09 05:31:23") for agency in ("0455000", "0468000")]
    story = "Two users of the firm share an address: one mail, the other is already_mailed."
    script.scene("–", story, *notices)


def many_at_once(script: Script) -> None:
    """Let one batch open fourteen cases of one firm, whose requests are written in one run."""
    agencies = ("0118000", "0118100", "0118110", "0118200")
    notices = []
    for second in range(14):
        cover = script.cover(agencies[second % 4], date(2026, 4, 1))
        notice = script.register(cover, moment(f"2026-04-01 05:31:{25 + second}"), season="04-10")
        notices.append(notice)
        if second % 3:
            script.apply(notice, at(days_of(notice).request + timedelta(days=second), "14:02:00"))
    story = "Season begins: fourteen requests of one firm in one run, one mail of each category for each user."
    script.scene("19", story, *notices)


SCENES = (
    on_paper,
    from_paper_to_electronic,
    back_to_paper,
    nobody_reads,
    one_address_for_two,
    many_at_once,
)
