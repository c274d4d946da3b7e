"""`status`, `why`, `case`, `catalogue`: ask what is going on and why."""

import sys
from typing import Annotated

import typer

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import catalogues, queues, timeline
from vermittlerpost.interfaces.ops.commands.app import AsJson, command, fail, show_json, show_table
from vermittlerpost.interfaces.ops.words import MAIL_STATES, ORIGINS, OUTCOMES, REASONS
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.queries import Verdict


@command("status")
def status(as_json: AsJson = False) -> None:
    """Warteschlangen, älteste fällige Zeile und was liegen geblieben ist."""
    rows, stuck = queues.all_of_them(), queues.stuck_rows()
    if notice := cases.halt_notice():
        print(notice, file=sys.stderr)
    if as_json:
        show_json([{**row, "rows": [one for one in stuck if one["queue"] == row["queue"]]} for row in rows])
        return
    show_table(["Warteschlange", "wartet", "ältestes seit", "liegen geblieben"], [list(row.values()) for row in rows])
    if stuck:
        print()
        show_table(["liegen geblieben in", "Kennung", "Grund"], [list(row.values()) for row in stuck])


@command("why")
def why(
    reference: Annotated[str, typer.Argument(help="Schreiben (S-…), Dokument oder Benutzerkennung.")],
    as_json: AsJson = False,
) -> None:
    """Wer benachrichtigt wurde, wer nicht, und warum."""
    user = agencies.users_by_login([reference]).get(reference)
    verdicts = notifications.decisions_for(user) if user else notifications.decisions_about(reference)
    if as_json:
        show_json([vars(verdict) for verdict in verdicts])
    elif verdicts:
        show_table(
            ["Schreiben", "Benutzer", "Ergebnis", "Grund", "Herkunft der Einstellung", "Mail", "Zustand", "gesendet"],
            [_line(verdict) for verdict in verdicts],
        )
    else:
        fail(f"Zu {reference} gibt es keine Entscheidung: unbekannt, oder das Schreiben ging per Post.")


def _line(verdict: Verdict) -> list[object]:
    return [
        verdict.matter,
        verdict.login_id,
        OUTCOMES[verdict.outcome],
        verdict.reason and REASONS[verdict.reason],
        ORIGINS[verdict.origin],
        verdict.mail,
        verdict.mail_state and MAIL_STATES[verdict.mail_state],
        verdict.sent_at,
    ]


@command("case")
def case(case: Annotated[str, typer.Argument(help="Vorgangsnummer (V-…).")], as_json: AsJson = False) -> None:
    """Der Verlauf eines Vorgangs."""
    moments = timeline.of_case(case)
    if not moments:
        fail(f"Den Vorgang {case} gibt es nicht.")
    if as_json:
        show_json(moments)
        return
    show_table(["Zeitpunkt", "wer", "was"], [[m["at"], m["actor"], m["sentence"]] for m in moments])


@command("catalogue")
def catalogue(as_json: AsJson = False) -> None:
    """Alle Kataloge mit ihren Einträgen: Schreiben, Kategorien, Wege, Fristen, Prozesse, Formate."""
    entries = catalogues.all_of_them()
    if as_json:
        show_json(entries)
        return
    show_table(["Katalog", "Eintrag", "Bezeichnung"], [list(entry.values()) for entry in entries])
