"""Every command; each file adds its own to `app`."""

from vermittlerpost.interfaces.ops.commands import (
    asking,
    checking,
    feeding,
    living,
    mending,
    printing,
    serving,
    working,
    writing,
)
from vermittlerpost.interfaces.ops.commands.app import app

__all__ = ["app", "asking", "checking", "feeding", "living", "mending", "printing", "serving", "working", "writing"]
