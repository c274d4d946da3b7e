"""The other things that intermediaries are told about: documents, portfolio events, statements, news."""

from collections import Counter
from datetime import date, datetime

from worldmaker.dice import Dice
from worldmaker.sheets import Flaw, Row, Sheet, local
from worldmaker.timetable import at

# Category, day, agency, title.
_DOCUMENTS = """
statement_available|2026-03-02|0118000|Courtageabrechnung Februar 2026
statement_available|2026-03-02|0147000|Courtageabrechnung Februar 2026
statement_available|2026-03-02|0203000|Courtageabrechnung Februar 2026
statement_available|2026-03-02|0301000|Courtageabrechnung Februar 2026
statement_available|2026-04-01|0118000|Courtageabrechnung März 2026
statement_available|2026-04-01|0264000|Courtageabrechnung März 2026
statement_available|2026-04-01|0412000|Courtageabrechnung März 2026
statement_available|2026-05-04|0118000|Courtageabrechnung April 2026
statement_available|2026-05-04|0203000|Courtageabrechnung April 2026
statement_available|2026-05-04|0560000|Courtageabrechnung April 2026
archive_document|2026-02-26|0118100|Nachtrag zur Kraftfahrtversicherung
archive_document|2026-03-05|0301310|Beitragsrechnung Flottenvertrag
archive_document|2026-03-11|0147200|Versicherungsschein Kraftfahrt
archive_document|2026-03-19|0219100|Bestätigung der Kündigung durch den Kunden
archive_document|2026-03-27|0412100|Nachtrag zur Kraftfahrtversicherung
archive_document|2026-04-09|0345000|Versicherungsschein Kraftfahrt
archive_document|2026-04-22|0489000|Mahnung zum Folgebeitrag
archive_document|2026-05-11|0378200|Schriftwechsel zur Schadenfreiheitsklasse
archive_document|2026-05-20|0203210|Nachtrag zur Kraftfahrtversicherung
portfolio_event|2026-03-04|0118200|Vertrag gekündigt durch den Kunden
portfolio_event|2026-03-13|0203100|Fahrzeugwechsel angezeigt
portfolio_event|2026-03-30|0301000|Bestandsübertragungsliste, 14 Verträge
portfolio_event|2026-04-15|0390000|Anschrift eines Versicherungsnehmers geändert
portfolio_event|2026-04-29|0322100|Schadenfreiheitsrabatt übernommen
portfolio_event|2026-05-18|0264200|Vertrag wieder in Kraft gesetzt
portfolio_event|2026-06-05|0533000|Fahrzeugwechsel angezeigt
news|2026-03-09|0301000|MaklerTicker: Saisonkennzeichen – worauf es beim Antrag ankommt
news|2026-03-23|0118000|MaklerTicker: Erreichbarkeit über die Ostertage
news|2026-04-20|0147000|MaklerTicker: Neue Tarifgeneration Kraftfahrt ab 1. Juli
news|2026-05-26|0203000|MaklerTicker: Wartung der Schnittstelle am Pfingstwochenende abgeschlossen
"""
_BAD = "rundschreiben|2026-04-14|0219000|Rundschreiben zur Typklassenumstellung"
_HOURS = {"statement_available": (6, 6), "news": (9, 9)}


def sheet(dice: Dice) -> Sheet:
    """Return documents.csv with one bad row; documents are numbered within their day."""
    rows, counts = [], Counter[str]()
    for received_at, category, agency, title in sorted(_moved(dice, line) for line in _lines()):
        day = f"{received_at:%y%m%d}"
        counts[day] += 1
        cells = (f"D{day}-{counts[day]:03}", local(received_at), category, agency, title)
        flaw = Flaw(column="category", rule="unknown category") if category in _BAD else None
        rows.append(Row(cells=cells, flaw=flaw))
    return Sheet(name="documents.csv", table="documents", rows=rows)


def _lines() -> list[str]:
    return [*_DOCUMENTS.strip().splitlines(), _BAD]


def _moved(dice: Dice, line: str) -> tuple[datetime, str, str, str]:
    """Give a document its time of the day: statements before the run, news at nine, others when they come."""
    category, day, agency, title = line.split("|")
    hour = dice.between(*_HOURS.get(category, (7, 16)))
    minute = 0 if category in _HOURS else dice.below(60)
    return at(date.fromisoformat(day), f"{hour:02}:{minute:02}:00"), category, agency, title
