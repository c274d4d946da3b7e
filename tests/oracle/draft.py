"""The sheet on which a random world is drawn up: its span of days, its chances, and its tables."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from .columns import COLUMNS
from .days import BERLIN

T = TypeVar("T")

# Around each of these days the calendar does something: year end, Epiphany, clock changes, Easter, May,
# Corpus Christi, the holidays of single Länder, the leap day of 2028.
SPECIAL_DAYS = (
    date(2025, 4, 20),
    date(2025, 6, 19),
    date(2025, 10, 31),
    date(2025, 12, 25),
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 5, 14),
    date(2026, 8, 15),
    date(2026, 9, 20),
    date(2026, 10, 25),
    date(2026, 11, 18),
    date(2027, 1, 1),
    date(2028, 2, 29),
)
SEVEN = time(7)
JUST_BEFORE_SEVEN = time(6, 59, 59)


@dataclass
class Draft:
    rng: random.Random
    first: date
    last: date
    turning_days: list[date]  # days on which agencies turn electronic or back, and on which letters fall due
    tables: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    agencies: dict[str, list[str]] = field(default_factory=dict)  # numbers by firm
    fleets: dict[str, str] = field(default_factory=dict)  # permanent eVB by person

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def choose(self, weights: dict[T, int]) -> T:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def add(self, table: str, /, **cells: str) -> None:
        unknown = cells.keys() - COLUMNS[table].keys()
        if unknown:
            raise KeyError(unknown)
        self.tables[table].append([cells.get(column, "") for column in COLUMNS[table]])

    def all_agencies(self) -> list[str]:
        return [number for numbers in self.agencies.values() for number in numbers]

    def days_after(self, start: date, shortest: int, longest: int) -> date:
        return start + timedelta(days=self.rng.randint(shortest, longest))

    def moment_on(self, day: date) -> datetime:
        """Choose a moment of a German day, often the very second of the run or the one before it."""
        hour = self.rng.choice([hour for hour in range(24) if hour != 2])  # 02:30 may not exist, or exist twice
        anytime = time(hour, self.rng.randrange(60), self.rng.randrange(60))
        clock = self.choose({SEVEN: 25, JUST_BEFORE_SEVEN: 10, anytime: 65})
        return datetime.combine(day, clock, BERLIN)

    def written(self, moment: datetime) -> str:
        """Write a moment in one of the accepted spellings."""
        local = moment.astimezone(BERLIN)
        universal = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        unzoned = local.replace(tzinfo=None).isoformat()
        return self.rng.choice([universal, local.isoformat(), unzoned])


def new_draft(seed: int) -> Draft:
    """Choose five to twelve weeks around a special day."""
    rng = random.Random(seed)
    first = rng.choice(SPECIAL_DAYS) - timedelta(days=rng.randint(0, 45))
    last = first + timedelta(days=rng.randint(5 * 7, 12 * 7))
    span = (last - first).days
    turning_days = [first + timedelta(days=rng.randint(0, span)) for _ in range(3)]
    return Draft(rng, first, last, turning_days)
