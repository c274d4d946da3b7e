"""Druck: where a batch is on its way to the print shop, and what has been left lying."""

from collections.abc import Callable
from pathlib import Path

from django.conf import LazySettings
from django.test import Client
from tests import acts
from tests.cast import DRESDEN

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


def states(work: Work, at: str) -> list[str]:
    with clock.turned_to(acts.moment(at)):
        return [row["state"] for row in work("print").get("/innendienst/druck/").context["rows"]]


def test_the_print_room_sees_where_a_batch_is_and_what_is_left_lying(
    work: Work, tmp_path: Path, settings: LazySettings
) -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.print_post(f"{acts.REQUESTED} 12:00")
    assert states(work, f"{acts.REQUESTED} 12:10") == ["bereit zur Übergabe"]
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"print_shop": tmp_path / "away"})
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 13:00")):
        rounds.bring_to_print_shop()
    assert states(work, f"{acts.REQUESTED} 13:00") == ["noch nicht bei der Druckerei, übergeben"]
    assert states(work, "2026-02-18 13:01") == ["liegen geblieben: noch nicht bei der Druckerei, übergeben"]
