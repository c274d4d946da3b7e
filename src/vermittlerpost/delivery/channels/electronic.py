"""Portal and BiPRO: two doors onto the same provision, so that neither is earlier."""

from vermittlerpost.agencies.rules import is_electronic
from vermittlerpost.delivery import events
from vermittlerpost.delivery.rules import Channel, Parcel, State


def _takes(parcel: Parcel) -> bool:
    return is_electronic(parcel.electronic_from, parcel.electronic_until, parcel.issued_on)


CHANNEL = Channel(title="Elektronisch", rank=10, takes=_takes, first_state=State.PROVIDED, event=events.PROVIDED)
