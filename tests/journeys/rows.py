"""Rows of the input files for worlds in which one confirmation per vehicle tells all there is to tell."""

from tests.oracle import sample

MORNING = "2026-02-02T06:00:00"
"""Of 2 February in German time: what is registered then is requested on 16 February."""


def notice(message_id: str, number: str, at: str = MORNING, kind: str = "registration") -> str:
    """Return a notice that nothing but its confirmation tells from others."""
    row = sample.notice(message_id, at, number, vin="", kind=kind)
    return row.replace("MÜ-A 12", f"MÜ-A {sum(map(ord, message_id))}")


def application(application_id: str, at: str, number: str) -> str:
    """Return an application that names a confirmation."""
    return f"{application_id};{at};{number};;;"


def user(login_id: str, **cells: str) -> str:
    """Return an administrator, unless told otherwise."""
    told = {
        "email": f"{login_id}@f1.example",
        "administrator": "yes",
        "technical": "no",
        "rights": "basic|view_portfolio",
        "assigned": "",
        "active": "yes",
        **cells,
    }
    return f"{login_id};F1;{login_id};" + ";".join(told.values())


def evbs(*agencies: str) -> list[str]:
    """Return the single confirmations NL00001, NL00002 … of these agencies."""
    return [sample.evb(f"NL0000{place}", agency) for place, agency in enumerate(agencies, start=1)]
