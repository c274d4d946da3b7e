"""Webhooks are told everything once, also of what others write or send at the same time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker
from tests import acts, cast, databases
from tests.browser import houses
from tests.lasting import at_once
from tests.receiver import Receiver, receiving
from tests.rooms.test_exchange_webhooks import act, send, subscribe

from vermittlerpost.exchange.models import Place
from vermittlerpost.exchange.rules.hooks import HookEvent

_LATE = """
    INSERT INTO journal_entry (at, kind, actor, subject, position, data, hash)
    VALUES ('2026-02-16 07:00+01', 'letter.issued', 'system', 'V-LATE', 1, '{"letter": "S-LATE"}', '')
"""


@pytest.fixture
def told(django_db_blocker: DjangoDbBlocker, home: Path) -> Iterator[Receiver]:
    """Return a receiver of all that is told in a database in which commits last."""
    with django_db_blocker.unblock(), houses.copy_of(databases.migrated()), receiving() as receiver:
        cast.enter()
        yield receiver


def begun(statement: str, *, database: str) -> BaseDatabaseWrapper:
    """Return a connection to a database of the same server that has done something and not committed it."""
    other = connections["default"].copy()
    other.settings_dict["NAME"] = database
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(statement)
    return other


def test_an_entry_that_is_committed_after_later_ones_is_told_all_the_same(told: Receiver) -> None:
    subscribe(told, HookEvent.LETTER_ISSUED)
    acts.confirm()
    acts.confirm(acts.OTHER_EVB)
    acts.register()
    acts.mornings(acts.REQUESTED)
    late = begun(_LATE, database=connections["default"].settings_dict["NAME"])
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings("2026-02-17")
    send(patience=2.0)  # the late one holds up its end for as long as anybody waits
    assert len(told.messages) < 3
    with late.cursor() as cursor:
        cursor.execute("COMMIT")
    late.close()
    send()
    cases = [message.content["data"]["case"] for message in told.messages]
    assert "V-LATE" in cases
    assert len(cases) == len(set(cases)) == 3
    place = Place.objects.get()
    assert place.settled == place.seen


def test_nobody_waits_for_what_is_written_in_another_database_of_the_server(told: Receiver) -> None:
    subscribe(told, HookEvent.LETTER_ISSUED)
    acts.confirm()
    elsewhere = begun("SELECT pg_current_xact_id()", database="postgres")
    acts.register()
    acts.mornings(acts.REQUESTED)
    send(patience=5.0)
    elsewhere.close()
    assert len(told.messages) == 1


def test_who_follow_and_send_at_once_leave_and_send_each_message_once(told: Receiver) -> None:
    subscribe(told)
    acts.confirm()
    act()
    at_once(send, send, send, send)
    send()
    assert len(told.messages) == 5
    assert told.types[0] == "letter.issued"
    assert told.types[-1] == "case.closed"
