"""Looks at what goes on: queues, the workers' pulse, and the clocks that deadlines are counted by."""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import queues, schema
from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.rules import STANDSTILL
from vermittlerpost.lib import clock

_TOLERABLE = timedelta(seconds=5)
_OVERDUE = timedelta(hours=1)
_WORKED_OFF_BY_MACHINES = ("steps", "announcements", "pdfs")


def waiting() -> Finding:
    """Tell whether something is stuck, or waits for much longer than a worker needs."""
    if not schema.is_current():
        return Finding(subject="Warteschlangen", is_ok=False, sentence="Ohne Tabellen nicht zu prüfen.")
    found = queues.readings()
    if stuck := queues.stuck_in(found):
        return Finding(subject="Warteschlangen", is_ok=False, sentence=f"Liegen geblieben: {', '.join(stuck)}.")
    late = [one.title for one in found if one.name in _WORKED_OFF_BY_MACHINES and _is_late(one)]
    if late and settings.ENVIRONMENT.is_production:
        return Finding(subject="Warteschlangen", is_ok=False, sentence=f"Seit über einer Stunde: {', '.join(late)}.")
    return Finding(subject="Warteschlangen", is_ok=True, sentence="Nichts ist liegen geblieben.")


def _is_late(reading: queues.Reading) -> bool:
    return reading.oldest is not None and clock.now() - reading.oldest > _OVERDUE


def pulse() -> Finding:
    """Tell whether a worker makes its rounds; in a trial none has to."""
    last = journal.last_pulse() if schema.is_current() else None
    works = last is not None and clock.now() - last <= STANDSTILL
    since = f"zuletzt {last.astimezone(clock.GERMANY):%d.%m.%Y %H:%M}" if last else "noch nie"
    sentence = "Ein Arbeiter macht seine Runden." if works else f"Kein Arbeiter macht seine Runden ({since})."
    return Finding(subject="Arbeiter", is_ok=works or not settings.ENVIRONMENT.is_production, sentence=sentence)


def steps() -> Finding:
    """Tell whether somebody has halted the steps of all cases."""
    notice = cases.halt_notice() if schema.is_current() else ""
    return Finding(subject="Schritte", is_ok=not notice, sentence=notice or "Niemand hat sie angehalten.")


def clocks() -> Finding:
    """Tell whether this machine's clock agrees with the database's and has not gone back behind the journal."""
    before = clock.now() - settings.ENVIRONMENT.clock_offset
    with connection.cursor() as cursor:
        # The one place where the other clock is asked: to compare it.
        cursor.execute("SELECT statement_timestamp()")
        apart = abs(cursor.fetchone()[0] - before)
    if apart > _TOLERABLE:
        sentence = f"Die Uhren dieser Maschine und der Datenbank gehen {apart.total_seconds():.0f} s auseinander."
        return Finding(subject="Uhr", is_ok=False, sentence=sentence)
    last = journal.last_moment() if schema.is_current() else None
    if last and last > clock.now() + _TOLERABLE:
        sentence = f"Das Journal kennt schon den {last.astimezone(clock.GERMANY):%d.%m.%Y %H:%M}: die Uhr ging zurück."
        return Finding(subject="Uhr", is_ok=False, sentence=sentence)
    return Finding(subject="Uhr", is_ok=True, sentence="Stimmt mit der Datenbank überein.")
