"""Which mail of ours a text means: by the Message-ID that we gave it, with a mark that nobody else can make."""

import re

from vermittlerpost.interfaces.ops import sealing
from vermittlerpost.lib import identifiers
from vermittlerpost.lib.seals import is_sealed

_OURS = re.compile(r"<(M-[0-9A-Z-]{1,20})\.([0-9a-f]{1,32})@")


def our_mail(text: str) -> str | None:
    """Return the id of our mail that a header names; None if it names none, or one that we never wrote."""
    found = _OURS.search(text)
    if found is None or not identifiers.is_sound(found[1]):
        return None
    return found[1] if is_sealed(found[1], found[2], sealing.key()) else None
