"""`bipro`: how firms' software gets its letters, and what operators set for it."""

from typing import Annotated, Any, TypeVar

import typer

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, command, fail, show_json, show_table
from vermittlerpost.interfaces.ops.commands.serving import base_url
from vermittlerpost.lib.software import SHIPMENTS, TOKENS

T = TypeVar("T")

_OPERATOR = "operator"

bipro = typer.Typer(help="BiPRO: wer abholt, und was Programme von Risikoträgern erfahren.", no_args_is_help=True)
app.add_typer(bipro, name="bipro")


@command("status", bipro)
def status(as_json: AsJson = False) -> None:
    """Adressen, was je Risikoträger eingestellt ist, und wer wann zuletzt abgeholt hat."""
    addresses = {"tokens": f"{base_url()}{TOKENS}", "shipments": f"{base_url()}{SHIPMENTS}"}
    carriers, callers = _carriers(), _callers()
    if as_json:
        show_json({"addresses": addresses, "carriers": carriers, "callers": callers})
        return
    show_table(["Norm", "Adresse"], [["410", addresses["tokens"]], ["430", addresses["shipments"]]])
    print()
    show_table(
        ["Risikoträger", "Unternehmensnummer", "Vorgang als Versicherungsscheinnummer", "meldet Ende"],
        [[_said(value) for value in carrier.values()] for carrier in carriers],
    )
    print()
    show_table(
        [
            *("Firma", "Benutzer", "angemeldet", "aufgelistet", "abgeholt", "quittiert", "Software"),
            *("nicht quittiert", "ältestes seit"),
        ],
        [list(caller.values()) for caller in callers],
    )


@command("carrier", bipro)
def carrier(
    code: Annotated[str, typer.Argument(help="Kürzel des Risikoträgers.")],
    company_number: Annotated[
        str | None, typer.Option("--company-number", help="Nummer bei der Aufsicht (BaFin); leer: keine.")
    ] = None,
    own_id_as_policy_number: Annotated[
        bool | None,
        typer.Option(
            "--own-id-as-policy-number/--no-own-id-as-policy-number",
            help="Die Vorgangsnummer auch als Versicherungsscheinnummer, nach der viele Programme ablegen.",
        ),
    ] = None,
    tells_endings: Annotated[
        bool | None,
        typer.Option("--tell-endings/--no-tell-endings", help="Das Ende eines Vorgangs als eigene Lieferung melden."),
    ] = None,
) -> None:
    """Festlegen, was Programme zu Schreiben eines Risikoträgers erfahren; was nicht genannt ist, bleibt."""
    known = queries.known_carriers().get(code)
    if known is None:
        fail(f"Den Risikoträger {code} gibt es nicht.")
    is_new = agencies.set_carrier_software(
        code,
        company_number=_or(company_number, known.company_number),
        own_id_as_policy_number=_or(own_id_as_policy_number, known.own_id_as_policy_number),
        tells_endings=_or(tells_endings, known.tells_endings),
        by=_OPERATOR,
    )
    print(f"{code}: gespeichert." if is_new else f"{code}: unverändert.")


@command("certificate", bipro)
def certificate(
    login_id: Annotated[str, typer.Argument(help="Benutzerkennung des technischen Benutzers.")],
    subject: Annotated[str, typer.Argument(help="Inhaber (Subject), wie der TLS-Proxy ihn nennt; leer: keines.")],
) -> None:
    """Einen technischen Benutzer sich mit Zertifikaten dieses Inhabers anmelden lassen."""
    is_new = agencies.set_certificate(login_id, subject, by=_OPERATOR)
    print(f"{login_id}: gespeichert." if is_new else f"{login_id}: unverändert.")


def _or(chosen: T | None, known: T) -> T:
    return known if chosen is None else chosen


def _carriers() -> list[dict[str, Any]]:
    return [
        {
            "carrier": one.code,
            "company_number": one.company_number,
            "own_id_as_policy_number": one.own_id_as_policy_number,
            "tells_endings": one.tells_endings,
        }
        for _, one in sorted(queries.known_carriers().items())
    ]


def _callers() -> list[dict[str, Any]]:
    callers = delivery.all_software()
    users = queries.users_by_login([caller.login_id for caller in callers])
    rows = []
    for caller in callers:
        number, oldest = delivery.uncollected(users[caller.login_id])
        rows.append(
            {
                "firm": caller.firm,
                "login_id": caller.login_id,
                "last_login": caller.last_login,
                "listed_at": caller.listed_at,
                "fetched_at": caller.fetched_at,
                "acknowledged_at": caller.acknowledged_at,
                "consumer": caller.consumer,
                "unacknowledged": number,
                "oldest": oldest,
            }
        )
    return rows


def _said(value: object) -> object:
    return {True: "ja", False: "nein"}[value] if isinstance(value, bool) else value
