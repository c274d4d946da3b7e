"""Libraries that only some installations need, and what is said where one is missing."""

from importlib import import_module
from typing import Any

from vermittlerpost.lib.errors import Refused


class ExtraMissing(Refused):
    """Something is set that needs a library which is not installed."""

    code = "extra_missing"


def load(module: str, *, extra: str) -> Any:
    """Return a module of a library that comes with an extra of this package; refuses one that is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise ExtraMissing(
            "Dazu fehlt das Paket {package}; es steht in requirements/extras.txt (vermittlerpost[{extra}]).",
            package=module.split(".", maxsplit=1)[0],
            extra=extra,
        ) from error
