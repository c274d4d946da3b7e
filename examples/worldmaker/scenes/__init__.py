"""The scenes of the sample world: each file plays one kind of trouble."""

from worldmaker.scenes import calendar, clarifications, delivery, matching, signals, timing, vehicles
from worldmaker.script import Script


def play(script: Script) -> None:
    """Play every scene once."""
    for act in (timing, matching, signals, clarifications, delivery, calendar, vehicles):
        for scene in act.SCENES:
            scene(script)
