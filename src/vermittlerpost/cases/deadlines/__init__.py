"""Ways of counting days: each file answers on which day a step or a due date falls."""

from collections.abc import Mapping

from vermittlerpost.cases.rules import Counting
from vermittlerpost.lib import catalogue

COUNTINGS: Mapping[str, Counting] = catalogue.modules(__name__, Counting)
