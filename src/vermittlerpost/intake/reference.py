"""The reference page of the input files, written by the formats themselves so that it cannot lie."""

import sys
from collections.abc import Iterator

from vermittlerpost.intake.formats import IN_FEEDING_ORDER
from vermittlerpost.intake.reading.gdv.layout import APPLICATION_FIELDS, EVB, EVB_FIELDS, LENGTH, MOTOR
from vermittlerpost.intake.reading.lines import LONGEST_LINE
from vermittlerpost.intake.rules.inputs import Column, Format

_ORDER = ", ".join(f"`{form.file_name}`" for form in IN_FEEDING_ORDER)
_GENERAL = f"""\
# Eingabedateien

<!-- Diese Seite schreibt `python -m vermittlerpost.intake.reference`. -->

Der Name einer Datei sagt, was in ihr steht, ihre Endung, wie: `.csv` für Tabellen, `.json` für eine Liste
von Objekten, `.json`, `.jsonl` oder `.ndjson` für ein Objekt je Zeile. Groß- und Kleinschreibung des Namens
zählt nicht. Dateien mit der Endung `.gdv` enthalten GDV-Sätze, wie immer sie heißen.

## Was für alle Dateien gilt

- **Zeichen.** UTF-8, mit oder ohne Byte-Order-Mark. Eine Datei, die nicht in UTF-8 gespeichert ist, ein
  Nullbyte enthält oder leer ist, wird als Ganzes abgewiesen. Eine Zeile hat höchstens
  {LONGEST_LINE // 1000} Kilobyte.
- **CSV.** Das Trennzeichen ist `;`, wenn eines in der Kopfzeile steht, sonst `,`. Zellen dürfen in
  Anführungszeichen stehen; eines darin wird verdoppelt. Eine Zeile der Datei ist eine Zeile der Tabelle:
  Umbrüche in einer Zelle sind nicht erlaubt, sodass ein vergessenes Anführungszeichen nur seine eigene Zeile
  trifft. Leere Zeilen und solche, die nur aus Trennzeichen bestehen, werden übergangen.
- **Kopfzeile.** Genau die Spalten des Formats, in beliebiger Reihenfolge; Groß- und Kleinschreibung zählt.
  Fehlt eine, ist eine zu viel oder steht eine doppelt, so wird die Datei abgewiesen. Hat eine einzelne Zeile
  zu viele oder zu wenige Zellen, so wird diese Zeile abgewiesen.
- **JSON.** Die Schlüssel sind die Spalten; ein fehlender Schlüssel und `null` sind eine leere Zelle, ein
  unbekannter oder doppelter führt zur Abweisung der Zeile. Werte sind Texte; ganze Zahlen gelten als ihre
  Ziffern, `true` und `false` als `yes` und `no`, Listen von Texten als Liste.
- **Zeilennummern.** In CSV die Zeile der Datei, die Kopfzeile ist 1. In JSON ist das erste Objekt Zeile 2.
  Was die Datei als Ganzes betrifft, trägt die Zeile 1 oder die, in der es gefunden wurde.
- **Zellen.** Leerraum am Rand zählt nicht, in Texten wird er zu einem Leerzeichen. Zeitpunkte ohne Zone sind
  deutsche Zeit: Die Stunde, die im Frühjahr ausfällt, wird abgewiesen; von der Stunde, die es im Herbst
  zweimal gibt, gilt die erste. Listen haben `|` oder `;` zwischen den Einträgen (in CSV mit `;` dann in
  Anführungszeichen).
- **Kennzeichen.** Zwischen den Teilen steht ein Bindestrich, ein Leerzeichen oder nichts. Umlaute und ihre
  Schreibung mit zwei Buchstaben gelten als gleich (MÜ und MUE), Unterscheidungszeichen werden
  auseinandergehalten (B-AM 12 und BA-M 12). Steht zwischen Unterscheidungszeichen und Buchstaben nichts, so
  bleibt offen, was gemeint ist: `BAM12` wird als `BAM 12` geführt und passt zu beiden, auch zum
  Behördenkennzeichen `BAM-12`.
- **Fehler.** Jede falsche Zelle wird genannt, mit Datei, Zeile, Spalte, Wert und Regel; was erst an der
  ganzen Zeile zu sehen ist, wird geprüft, wenn jede Zelle für sich stimmt. Eine abgewiesene Zeile hält keine
  andere auf. Dieselbe Datei ein zweites Mal ändert nichts.

Ein Ordner wird in dieser Reihenfolge gelesen: {_ORDER}; GDV-Sätze an der Stelle von `evb`.
"""
_GDV = f"""\
## GDV-Sätze (`*.gdv`)

Datenpakete nach GDV VU-Vermittler (Release 2023), vom Vorsatz 0001 bis zum Nachsatz 9999. Jeder Satz hat {LENGTH} Byte,
mit oder ohne Zeilenende dahinter. Zeichen: ISO 8859-1; steht in der Datei ein Byte von 80 bis 9F, dann Codepage 850.

Gelesen werden nur die Sätze, die unten stehen; alle anderen werden übergangen. Die Sätze eines Vertrags
(VU-Nummer, Versicherungsschein-Nummer, Folgenummer) stehen hintereinander. Jeder Satz {EVB} ergibt eine Zeile von
`evb`, ein Vertrag der Sparte {MOTOR} eine Zeile von `applications`; einer mit eVB-Nummer und ohne Antragsdatum ist noch
kein Antrag. Für die Zeilen gelten dieselben Regeln wie oben. Fehler nennen die Nummer des Satzes und das Feld. Die
VU-Nummer muss die Unternehmensnummer eines Risikoträgers sein (`vermittlerpost bipro carrier CODE --company-number`).
Mitteilungen kann GDV nicht ausdrücken, Stammdaten werden daraus nicht gelesen.

Bei gleichem Inhalt entstehen dieselben Schreiben wie aus Tabellen oder über REST. Nicht sagen können GDV-Sätze:

- `applications.received_at`: die Uhrzeit; der Antrag gilt als um 0 Uhr eingegangen.
- `evb.policyholder_name`, `evb.policyholder_street`, `evb.policyholder_city`: Buchstaben, die der Zeichensatz nicht
  hat (ş, ł, ệ), und was nicht in die Felder passt: Namen über dreimal 30, Straßen über 30, Orte über 25 Zeichen. So,
  wie es im Satz steht, steht es dann im Schreiben.

Ein Beispiel ist `examples/gdv/bestand.gdv`.

| Spalte | steht in (Byte); das erste, das etwas sagt, gilt |
|---|---|
"""


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([_GENERAL, *(_section(form) for form in IN_FEEDING_ORDER), _GDV + _gdv_lines()])


def _gdv_lines() -> str:
    filled = {"evb": EVB_FIELDS, "applications": APPLICATION_FIELDS}
    return "".join(
        f"| `{code}.{column}` | {'; '.join(field.name for field in fields)} |\n"
        for code, columns in filled.items()
        for column, fields in columns.items()
    )


def _section(form: Format) -> str:
    head = [
        f"## {form.title} (`{form.file_name}`)",
        "",
        form.sentence,
        "",
        f"Schlüssel: {_key(form)}. {form.repeat.value}",
        "",
        "| Spalte | Bedeutung | Regel | leer | Beispiel |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(_line(column) for column in form.columns), *_checks(form), ""])


def _key(form: Format) -> str:
    return ", ".join(f"`{column.name}`" for column in form.columns if column.name in form.key)


def _line(column: Column) -> str:
    empty = "erlaubt" if column.may_be_empty else "nein"
    example = _escaped(column.example)
    return f"| `{column.name}` | {column.meaning} | {_escaped(column.cell.rule)} | {empty} | `{example}` |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _checks(form: Format) -> Iterator[str]:
    if form.checks:
        yield ""
    for check in form.checks:
        yield f"- `{check.column}`: {check.rule}"


if __name__ == "__main__":
    sys.stdout.write(page())
