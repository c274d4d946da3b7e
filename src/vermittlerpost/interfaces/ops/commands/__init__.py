"""Every command; each file adds its own to `app`."""

from vermittlerpost.interfaces.ops.commands import (
    asking,
    checking,
    connecting,
    erasing,
    feeding,
    halting,
    laboratory,
    living,
    mending,
    printing,
    proving,
    saving,
    serving,
    software,
    staffing,
    working,
    writing,
)
from vermittlerpost.interfaces.ops.commands.app import app

__all__ = [
    "app", "asking", "checking", "connecting", "erasing", "feeding", "halting", "laboratory", "living", "mending",
    "printing", "proving", "saving", "serving", "software", "staffing", "working", "writing",
]  # fmt: skip
