"""Looks at the ways by which files come in and print batches go out."""

import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.interfaces.ops.inbox import Inbox
from vermittlerpost.lib.extras import ExtraMissing

_OVERDUE = timedelta(hours=1)


def inbox() -> Finding:
    """Tell whether the watched folder can be worked in, and whether something has been lying there for too long."""
    folder = settings.ENVIRONMENT.inbox
    if folder is None:
        return Finding(subject="Eingangsordner", is_ok=True, sentence="Keiner (VERMITTLERPOST_INBOX ist leer).")
    if not _is_ours(folder):
        return Finding(subject="Eingangsordner", is_ok=False, sentence=f"{folder} fehlt oder ist nicht beschreibbar.")
    old = Inbox(folder).older_than(_OVERDUE)
    sentence = f"Seit über einer Stunde liegen: {', '.join(old)}." if old else "Nichts ist liegen geblieben."
    return Finding(subject="Eingangsordner", is_ok=not old, sentence=sentence)


def print_shop() -> Finding:
    """Tell whether batches can be laid at the print shop."""
    shop = wiring.print_shop()
    if shop is None:
        return Finding(subject="Druckerei", is_ok=True, sentence="Druckstapel werden von Hand übergeben.")
    try:
        return Finding(subject="Druckerei", is_ok=True, sentence=shop.check())
    except ExtraMissing as refusal:
        return Finding(subject="Druckerei", is_ok=False, sentence=refusal.sentence)
    except OSError as error:
        return Finding(subject="Druckerei", is_ok=False, sentence=f"{error}.")


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
