"""Input formats: each file says what one kind of file in the intake means."""

from collections.abc import Mapping

from vermittlerpost.intake.rules.inputs import Format
from vermittlerpost.lib import catalogue

FORMATS: Mapping[str, Format] = catalogue.modules(__name__, Format)
IN_FEEDING_ORDER: tuple[Format, ...] = tuple(sorted(FORMATS.values(), key=lambda entry: entry.order))
