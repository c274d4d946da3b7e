"""Which mail of ours a text means: by the Message-ID that we gave it."""

import re

from vermittlerpost.lib import identifiers

_OURS = re.compile(r"<(M-[0-9A-Z-]{1,20})@")


def our_mail(text: str) -> str | None:
    """Return the id of our mail that a header names; None if it names none, or one with a slip in it."""
    found = _OURS.search(text)
    return found[1] if found and identifiers.is_sound(found[1]) else None
