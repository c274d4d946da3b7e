"""What gunicorn serves in the laboratory."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import typer
from django.core.wsgi import get_wsgi_application


def open_laboratory() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Return the laboratory, furnished; refuses a house that `lab` has not set up."""
    house = get_wsgi_application()
    # It stands on rooms, which cannot be entered before Django is set up.
    application = import_module("vermittlerpost.interfaces.ops.lab.application").Application(house)
    typer.echo("Das Labor steht bereit; Strg-C beendet es, und nichts bleibt davon übrig.")
    return application  # type: ignore[no-any-return]  # of a module that is only known now
