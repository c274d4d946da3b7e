"""Static files whose addresses bear their version, so that a browser keeps them for a year and never shows old ones."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

_DIGITS = 10


class Versioned(StaticFilesStorage):
    """Serve files from where the packages keep them; nothing has to be collected."""

    def url(self, name: str | None) -> str:
        """Return the address of a file with the beginning of its SHA-256; refuses a file that does not exist."""
        return f"{super().url(name)}?v={_version(name or '')}"


@cache
def _version(name: str) -> str:
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:_DIGITS]
