"""The agencies of a firm as a tree, for check boxes that stand within one another."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vermittlerpost.agencies import queries as agencies


@dataclass(frozen=True, kw_only=True)
class Node:
    """An agency with those directly below it."""

    number: str
    label: str
    children: tuple["Node", ...]


@dataclass(frozen=True, kw_only=True)
class Offices:
    """All agencies of a firm: in their tree, and as choices."""

    roots: tuple[Node, ...]
    choices: Sequence[tuple[str, str]]


def offices_of(firm: str) -> Offices:
    """Return the agencies of a firm."""
    labels: dict[str, str] = {}
    below: dict[str, list[str]] = defaultdict(list)
    for agency in agencies.agencies_of(firm):
        labels[agency.number] = f"{agency.number} {agency.name}"
        below[agency.parent_id or ""].append(agency.number)

    def node(number: str) -> Node:
        children = tuple(node(child) for child in below[number])
        return Node(number=number, label=labels[number], children=children)

    return Offices(roots=tuple(node(number) for number in below[""]), choices=list(labels.items()))
