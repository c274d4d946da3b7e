"""`serve`: the whole house in one command."""

import os
import socket
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from vermittlerpost.interfaces.ops import supervision
from vermittlerpost.interfaces.ops.commands.app import command, fail, refuse_flawed_processes

_COMMAND_LINE = "vermittlerpost.interfaces.ops.cli"
_APPLICATION = "vermittlerpost.config.wsgi:application"


@command("serve")
def serve(
    listen: Annotated[str, typer.Option("--listen", help="Adresse und Port, statt VERMITTLERPOST_LISTEN.")] = "",
) -> None:
    """Das Portal anbieten und arbeiten, bis Strg-C: Webserver, Arbeiter und eingebettete Datenbank in einem."""
    refuse_flawed_processes()
    environment = _environment(listen or settings.ENVIRONMENT.listen)
    address = environment["VERMITTLERPOST_LISTEN"]
    refuse_taken(address)
    # The children have connections of their own; this process keeps the embedded server running for them.
    connection.close()
    children = [
        supervision.Child("Webserver", _web(address), environment),
        supervision.Child("Arbeiter", [sys.executable, "-m", _COMMAND_LINE, "work"], environment),
    ]
    print(f"Das Portal steht unter {environment['VERMITTLERPOST_BASE_URL']} bereit; Strg-C beendet alles.", flush=True)
    try:
        went_well = supervision.supervise(children)
    except supervision.GivenUp as reason:
        fail(str(reason))
    if not went_well:
        fail("Ein Prozess endete nicht von selbst und wurde abgebrochen.")


@command("web")
def web(
    listen: Annotated[str, typer.Option("--listen", help="Adresse und Port, statt VERMITTLERPOST_LISTEN.")] = "",
) -> None:
    """Nur das Portal anbieten, ohne Arbeiter: wo mehrere Maschinen es tun oder ein Dienstverwalter neu startet."""
    environment = _environment(listen or settings.ENVIRONMENT.listen)
    refuse_taken(environment["VERMITTLERPOST_LISTEN"])
    connection.close()
    program = _web(environment["VERMITTLERPOST_LISTEN"])
    os.execve(program[0], program, environment)  # noqa: S606 (the house's own command, without a shell)


def _environment(listen: str) -> dict[str, str]:
    """Return what the processes inherit; unless somebody says otherwise, links lead to where the portal listens."""
    return {**os.environ, "VERMITTLERPOST_LISTEN": listen, "VERMITTLERPOST_BASE_URL": base_url(listen)}


def base_url(listen: str = "") -> str:
    """Return the portal's address: the one that is set, or else where it listens."""
    settled = settings.ENVIRONMENT
    return settled.base_url if "base_url" in settled.model_fields_set else f"http://{listen or settled.listen}"


def _web(listen: str) -> list[str]:
    log = ["--config", "python:vermittlerpost.interfaces.ops.web"] if settings.ENVIRONMENT.is_production else []
    return [
        *(sys.executable, "-m", "gunicorn", _APPLICATION, "--bind", listen),
        *("--worker-class", "gthread", "--log-level", "warning", "--no-control-socket"),
        *log,
        *("--workers", str(settings.ENVIRONMENT.web_workers), "--threads", str(settings.ENVIRONMENT.web_threads)),
    ]


def refuse_taken(listen: str) -> None:
    """End with a sentence if somebody listens at an address already, or if it is none."""
    host, _, port = listen.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), int(port)))
    except (OSError, OverflowError, ValueError) as error:
        fail(f"An {listen} kann das Portal nicht angeboten werden: {error}")
