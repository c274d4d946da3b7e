"""How often somebody may ask: so many times a minute, in one go or spread, counted by each web process for itself."""

import math
from threading import Lock
from time import monotonic

from vermittlerpost.interfaces.bipro.status import TooFast

_MINUTE = 60.0
_MOST_CALLERS = 10_000
_lock = Lock()
_calls: dict[int, tuple[float, float]] = {}
"""User -> calls that he has left, as of a moment."""


def keep(user: int, per_minute: int) -> None:
    """Count a call of a user; refuses one that comes too fast, and says when the next may come."""
    now = monotonic()
    with _lock:
        left, since = _calls.get(user, (float(per_minute), now))
        left = min(per_minute, left + (now - since) * per_minute / _MINUTE)
        if left < 1:
            raise TooFast(math.ceil((1 - left) * _MINUTE / per_minute))
        if len(_calls) >= _MOST_CALLERS:
            _calls.clear()
        _calls[user] = (left - 1, now)


def forget() -> None:
    """Let everybody begin anew."""
    with _lock:
        _calls.clear()
