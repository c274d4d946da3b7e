"""Chance that falls the same way on every machine and with every Python version."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draw from a seed and a topic; only `Random.random` is used, whose sequence Python guarantees."""

    def __init__(self, seed: int, topic: str) -> None:
        self._random = Random(f"{seed}/{topic}").random

    def below(self, bound: int) -> int:
        """Return a number from 0 up to but without `bound`."""
        return int(self._random() * bound)

    def between(self, lowest: int, highest: int) -> int:
        """Return a number from `lowest` to `highest`, both included."""
        return lowest + self.below(highest - lowest + 1)

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self._random() < probability

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of the choices, each as likely as the other."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """Return one of the choices, each as likely as its weight says."""
        left = self._random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][0]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return `count` different choices in their own order."""
        left = list(range(len(choices)))
        drawn = sorted(left.pop(self.below(len(left))) for _ in range(count))
        return [choices[place] for place in drawn]
