"""The bad rows among what arrives: each breaks another rule and stands beside good ones."""

from datetime import date, timedelta

from worldmaker.script import Script
from worldmaker.sheets import Flaw
from worldmaker.timetable import moment

# Agency, moment, wrong cells by column, flaw.
_NOTICES = (
    (
        "0203200",
        "2026-02-27 05:32:41",
        {"plate": "BREM-AB 412"},
        "plate",
        "a district has at most three letters",
    ),
    ("0147000", "2026-03-11 05:33:02", {"kind": "ummeldung"}, "kind", "unknown kind"),
    ("0118000", "2026-03-19 08:15:00", {"received_at": "19.03.2026 08:15"}, "received_at", "not RFC 3339"),
    ("0560000", "2026-03-31 05:30:57", {"vin": "WVWZZZCD1NP0O4711"}, "vin", "a VIN has neither I, O nor Q"),
    ("0219000", "2026-04-22 05:32:55", {"evb": "", "vin": ""}, "evb", "neither eVB nor VIN"),
    ("0264000", "2026-05-05 05:33:37", {"surplus": " Kfz-Zulassung"}, "", "sixteen cells instead of fifteen"),
)


def spoil(script: Script) -> None:
    """Add the bad notices and applications."""
    for agency, when, cells, column, rule in _NOTICES:
        notice = script.notice(agency, when)
        script.spoil(notice, Flaw(column=column, rule=rule), notice.received_at.date(), **cells)
    _known_with_other_content(script)
    _applies_for_nothing(script)


def _known_with_other_content(script: Script) -> None:
    """Let the message id of a good notice come again with another plate."""
    good = script.notice("0301100", "2026-03-25 05:33:11")
    again = script.hear(good, good.received_at, good.kind, key=good.key, registered_on=good.registered_on)
    flaw = Flaw(column="plate", rule="this message id is known with another plate")
    filed = good.received_at.date() + timedelta(days=7)
    script.spoil(again, flaw, filed, plate=script.garage.plate(good.keeper.town.district))


def _applies_for_nothing(script: Script) -> None:
    notice = script.notice("0390200", "2026-04-13 05:31:33")
    nothing = script.apply(notice, moment("2026-04-20 09:17:44"))
    flaw = Flaw(column="evb", rule="neither eVB nor plate nor VIN")
    script.spoil(nothing, flaw, date(2026, 4, 20), evb="", plate="", vin="")
