"""The laboratory itself: its standing clock, the faults that were ordered, and all that clients did."""

import threading
from datetime import date, datetime, time

from vermittlerpost.delivery.rules import Line
from vermittlerpost.interfaces.ops import rounds, schema, scratch
from vermittlerpost.interfaces.ops.lab import world
from vermittlerpost.interfaces.ops.lab.calls import Asked, Call, Stretch
from vermittlerpost.interfaces.ops.lab.disturbances import DISTURBANCES, Order
from vermittlerpost.lib import clock

_MORNING = time(8, 30)
"""At this hour the clock stands: the day's run is over."""
_FRIDAY = 4


class Laboratory:
    """One throw-away house and what happens in it; any number of threads may use it at once."""

    def __init__(self) -> None:
        self._turning = threading.Lock()
        self._noting = threading.Lock()
        self.start_over()

    def start_over(self) -> None:
        """Begin anew: an empty house, furnished; no fault is ordered, and nobody has called."""
        with self._turning:
            self._first = _next_working_day(clock.today())
            scratch.empty_embedded()
            schema.ensure()
            world.furnish(self._first)
            self._calls: list[Call] = []
            self._orders: list[Order] = []
            self._left_lying: set[str] = set()
            self._provided: dict[str, Line] = {}
            self._stand_on(self._first)

    def turn(self, days: int) -> int:
        """Let so many days pass, each with its run, and return how many shipments came."""
        with self._turning:
            known = len(self._provided)
            for _ in range(days):
                day = clock.day_after(clock.german_day(self.at))
                world.live(day, self._first)
                self._stand_on(day)
                self._watch()
            return len(self._provided) - known

    def order(self, orders: list[Order]) -> None:
        """Let faults happen, each at the next occasion."""
        with self._noting:
            self._orders += orders

    def orders(self) -> list[Order]:
        """Return the faults that are still to happen."""
        with self._noting:
            return list(self._orders)

    def cancel_orders(self) -> None:
        """Let no fault happen any more."""
        with self._noting:
            self._orders.clear()

    def take_order(self, asked: Asked) -> Order | None:
        """Take the fault that is to happen to a request, if there is one."""
        with self._noting:
            fitting = (one for one in self._orders if asked.operation in DISTURBANCES[one.kind].operations)
            if found := next(fitting, None):
                self._orders.remove(found)
            return found

    def give_back(self, order: Order) -> None:
        """Let a fault that could not happen to one request happen to the next one."""
        with self._noting:
            self._orders.insert(0, order)

    def note(self, call: Call) -> None:
        """Keep a call."""
        with self._noting:
            self._calls.append(call)

    def stretch(self) -> Stretch:
        """Return all that happened since the laboratory began."""
        with self._noting:
            return Stretch(
                today=clock.german_day(self.at),
                calls=tuple(self._calls),
                provided=dict(self._provided),
                left_lying=frozenset(self._left_lying),
            )

    def _stand_on(self, day: date) -> None:
        self.at: datetime = clock.german_moment(day, _MORNING)
        with clock.turned_to(self.at):
            found = world.provided()
        with self._noting:
            self._provided |= found

    def _watch(self) -> None:
        with clock.turned_to(self.at):
            alarms = rounds.watch_pickups()
        with self._noting:
            self._left_lying |= {letter for alarm in alarms for letter in alarm.letters}


def _next_working_day(today: date) -> date:
    # Ahead of every client's own clock, so that none takes a fresh token for an expired one.
    day = clock.day_after(today)
    while day.weekday() > _FRIDAY:
        day = clock.day_after(day)
    return day
