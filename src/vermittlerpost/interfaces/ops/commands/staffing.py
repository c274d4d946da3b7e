"""`staff`: who works in the insurer's back office, and as what."""

from typing import Annotated

import typer
from django.conf import settings
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, command, show_json, show_table
from vermittlerpost.lib import clock
from vermittlerpost.lib.tickets import Ticket

_OPERATOR = "operator"

staff = typer.Typer(help="Konten des Innendienstes: anlegen, Rollen geben, deaktivieren.", no_args_is_help=True)
app.add_typer(staff, name="staff")

Login = Annotated[str, typer.Argument(help="Benutzerkennung.")]
Roles = Annotated[
    list[StaffRole], typer.Option("--role", help="Rolle; mehrere durch mehrmaliges Angeben.", case_sensitive=False)
]


@command("create", staff)
def create(
    login_id: Login,
    roles: Roles,
    name: Annotated[str, typer.Option("--name", help="Vor- und Nachname.")],
    email: Annotated[str, typer.Option("--email", help="Adresse, an die ein vergessenes Kennwort geht.")] = "",
) -> None:
    """Konto anlegen und die Einladung ausgeben, mit der sein Inhaber ein Kennwort wählt."""
    colleague = agencies.Colleague(login_id=login_id, name=name, email=email, roles=frozenset(roles))
    _show(agencies.create_staff(colleague, by=_OPERATOR))


@command("invite", staff)
def invite(login_id: Login) -> None:
    """Eine neue Einladung ausgeben, solange noch kein Kennwort gewählt ist."""
    _show(agencies.invite_staff(login_id, by=_OPERATOR))


@command("roles", staff)
def change_roles(login_id: Login, roles: Roles) -> None:
    """Andere Rollen geben; sie gelten ab dem nächsten Klick."""
    agencies.change_roles(login_id, roles, by=_OPERATOR)
    print(f"{login_id}: {', '.join(role.words for role in sorted(set(roles)))}.")


@command("deactivate", staff)
def deactivate(login_id: Login) -> None:
    """Konto deaktivieren: Anmelden ist nicht mehr möglich, eine offene Sitzung endet."""
    agencies.deactivate_staff(login_id, by=_OPERATOR)
    print(f"{login_id} kann sich nicht mehr anmelden.")


@command("reactivate", staff)
def reactivate(login_id: Login) -> None:
    """Deaktiviertes Konto wieder aktivieren, mit den Rollen von zuvor."""
    agencies.reactivate_staff(login_id, by=_OPERATOR)
    print(f"{login_id} kann sich wieder anmelden.")


@command("list", staff)
def show(as_json: AsJson = False) -> None:
    """Alle Konten des Innendienstes mit ihren Rollen."""
    colleagues = list(queries.staff())
    if as_json:
        show_json(
            [{"login_id": u.login_id, "name": u.name, "roles": u.roles, "active": u.is_active} for u in colleagues]
        )
        return
    show_table(
        ["Kennung", "Name", "Rollen", "aktiv"],
        [[u.login_id, u.name, ", ".join(u.roles), "ja" if u.is_active else "nein"] for u in colleagues],
    )


def _show(ticket: Ticket) -> None:
    print(f"{settings.ENVIRONMENT.base_url}{reverse('invitation', args=[ticket.text])}")
    until = ticket.valid_until.astimezone(clock.GERMANY)
    print(f"Dieser Link gilt einmal und bis {until:%d.%m.%Y, %H:%M} Uhr; er wird nicht noch einmal angezeigt.")
