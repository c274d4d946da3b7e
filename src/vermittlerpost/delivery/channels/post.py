"""Paper: for every agency that has not opted into electronic delivery on the day of issue."""

from vermittlerpost.delivery import events
from vermittlerpost.delivery.rules import Channel, State

CHANNEL = Channel(
    title="Post",
    rank=90,
    takes=lambda parcel: True,
    first_state=State.TO_PRINT,
    event=events.QUEUED_FOR_PRINT,
)
