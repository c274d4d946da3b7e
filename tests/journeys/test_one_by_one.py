"""Messages that are taken one by one or all at once leave the same behind, whatever world they come from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests import oracle

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.intake.reading import read
from vermittlerpost.intake.reading.results import Accepted
from vermittlerpost.interfaces.ops.simulation import results
from vermittlerpost.interfaces.ops.simulation.arrivals import Arrivals

pytestmark = pytest.mark.django_db

Message = NoticeRow | ApplicationRow


def messages_of(world: Path) -> list[Message]:
    """Return the messages of a world in the order of their receipt."""
    outcomes = [outcome for path in Arrivals(world).files for outcome in read(path)]
    rows = [outcome.values for outcome in outcomes if isinstance(outcome, Accepted)]
    return sorted((row for row in rows if isinstance(row, NoticeRow | ApplicationRow)), key=turn)


def turn(row: Message) -> tuple[Any, ...]:
    return (
        (row.received_at, 0, row.message_id) if isinstance(row, NoticeRow) else (row.received_at, 1, row.application_id)
    )


def left_by(batches: Sequence[Sequence[Message]]) -> list[Any]:
    """Take batches of messages, return what became of all, and undo it."""
    with transaction.atomic():
        verdicts = [verdict for batch in batches for verdict in intake.take_messages(batch, by="feed")]
        notices = Notice.objects.order_by("message_id", "kind").values_list("message_id", "kind", "outcome")
        applications = Application.objects.order_by("application_id").values_list("application_id", "outcome")
        left = [verdicts, list(results.case_lines()), list(notices), list(applications)]
        transaction.set_rollback(True)
    return left


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_messages_leave_the_same_whether_taken_one_by_one_in_parts_or_all_at_once(seed: int, tmp_path: Path) -> None:
    oracle.make(seed, tmp_path)
    Arrivals(tmp_path).feed_masters(by="feed")
    messages = messages_of(tmp_path)
    at_once = left_by([messages])
    assert left_by([[message] for message in messages]) == at_once
    assert left_by([messages[:7], messages[7:]]) == at_once
