"""`lab`: a throw-away house for makers of broker software."""

import os
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from vermittlerpost.interfaces.ops import scratch, supervision
from vermittlerpost.interfaces.ops.commands.app import app, fail
from vermittlerpost.interfaces.ops.commands.serving import refuse_taken
from vermittlerpost.interfaces.ops.lab.world import ADMINISTRATOR, PASSWORD, SOFTWARE
from vermittlerpost.lib.software import SHIPMENTS, TOKENS

_APPLICATION = "vermittlerpost.interfaces.ops.lab.serving:open_laboratory()"
_THREADS = 16
_PATIENCE = 300
"""Seconds until the web process, which furnishes the house before it answers, is taken for dead."""

_WELCOME = f"""BiPRO-Labor: eine erfundene Firma, deren Uhr steht, bis Sie sie drehen. Nichts davon gilt anderswo.

  Norm 410, Anmeldung     {{url}}{TOKENS}
  Norm 430, Lieferungen   {{url}}{SHIPMENTS}
  Benutzer der Software   {SOFTWARE}
  Portal, zum Nachsehen   {{url}}/ mit {ADMINISTRATOR}
  Kennwort beider         {PASSWORD}

  curl {{url}}/labor/bericht
  curl {{url}}/labor/uhr -d '{{{{"tage": 1}}}}'
  curl {{url}}/labor/stoerungen -d '{{{{"art": "mtom_abgeschnitten", "anzahl": 1}}}}'
  curl -X DELETE {{url}}/labor/stoerungen
  curl -X POST {{url}}/labor/neu

Das Labor wird eingerichtet …"""


@app.command("lab")
def lab(
    listen: Annotated[
        str, typer.Option("--listen", help="Adresse und Port auf dieser Maschine; es gibt keine Anmeldung.")
    ] = "127.0.0.1:8430",
) -> None:
    """Ein BiPRO-Labor für Hersteller von Maklersoftware: stehende Uhr, Störungen auf Wunsch, Bericht."""
    if settings.ENVIRONMENT.is_production:
        fail("Das Labor gibt es nicht in der Produktion.")
    _refuse_foreign(listen)
    refuse_taken(listen)
    with (
        tempfile.TemporaryDirectory(prefix="vermittlerpost-lab-") as home,
        scratch.server_in(Path(home) / "database"),
    ):
        # The web process has connections of its own; this one keeps the server running for it, and ends it.
        connection.ensure_connection()
        connection.close()
        print(_WELCOME.format(url=f"http://{listen}"), flush=True)
        _supervise(supervision.Child("Labor", _web(listen), _environment(listen, home)))


def _supervise(child: supervision.Child) -> None:
    try:
        supervision.supervise([child])
    except supervision.GivenUp as reason:
        fail(str(reason))


def _refuse_foreign(listen: str) -> None:
    host = listen.rpartition(":")[0].strip("[]")
    try:
        is_here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        fail("Das Labor kennt keine Anmeldung und ist nur auf dieser Maschine zu erreichen, z. B. 127.0.0.1:8430.")


def _environment(listen: str, home: str) -> dict[str, str]:
    """Return what the web process inherits: nothing of what is set for a real house."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("VERMITTLERPOST_", "DATABASE"))}
    return {
        **others,
        "VERMITTLERPOST_LABORATORY": "true",
        "VERMITTLERPOST_HOME": home,
        "VERMITTLERPOST_BASE_URL": f"http://{listen}",
        "VERMITTLERPOST_BIPRO_AVAILABLE": "P30D",
        "DJANGO_SETTINGS_MODULE": "vermittlerpost.config.settings",
    }


def _web(listen: str) -> list[str]:
    """Return the command for the one process in which the laboratory keeps all that it knows."""
    return [
        *(sys.executable, "-m", "gunicorn", _APPLICATION, "--bind", listen, "--workers", "1"),
        *("--worker-class", "gthread", "--threads", str(_THREADS), "--timeout", str(_PATIENCE)),
        *("--log-level", "warning", "--no-control-socket"),
    ]
