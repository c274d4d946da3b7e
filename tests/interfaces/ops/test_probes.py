"""What machines ask: a living process, a ready one, and numbers that speak of nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from pydantic import SecretStr
from tests import acts

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock


def test_a_process_says_that_it_lives_without_asking_the_database() -> None:
    assert Client().get("/healthz").json() == {"status": "lebt"}


def test_a_process_with_database_tables_and_folder_is_ready(db: None, home: Path) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "bereit", "missing": []})


def test_a_process_without_its_folder_is_not_ready_and_says_what_is_missing(
    db: None, tmp_path: Path, settings: LazySettings
) -> None:
    settings.HOME = tmp_path / "file"
    settings.HOME.write_text("in the way")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["Ordner"])


def test_measurements_tell_how_much_waits_since_when_and_nothing_personal(stage: None) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment(f"{acts.REMINDED} 07:00") + timedelta(minutes=2)):
        page = Client().get("/metrics").content.decode()
    assert 'vermittlerpost_queue_waiting{queue="steps"} 1.0' in page
    assert 'vermittlerpost_queue_oldest_seconds{queue="steps"} 120.0' in page
    assert 'vermittlerpost_queue_stuck{queue="mails"} 0.0' in page
    for word in (acts.PLATE, acts.VIN, acts.EVB, acts.POLICYHOLDER, "@"):
        assert word not in page


@pytest.mark.django_db
def test_measuring_costs_a_fixed_number_of_statements(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(25):  # type: ignore[operator]  # pytest-django names its type nowhere
        Client().get("/metrics")


def test_where_a_token_is_set_only_who_shows_it_may_measure(db: None, settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"metrics_token": SecretStr("Messwart")})
    assert Client().get("/metrics").status_code == 401
    assert Client().get("/metrics", headers={"Authorization": "Bearer Messwart"}).status_code == 200


def test_a_standstill_of_the_workers_is_written_down_when_it_ends(db: None) -> None:
    start = acts.moment("2026-02-02 09:00")
    for minutes in (0, 1, 2, 90, 91):
        with clock.turned_to(start + timedelta(minutes=minutes)):
            rounds.beat()
    whole_day = journal.standstills(start - timedelta(days=1), start + timedelta(days=1))
    assert whole_day == [(start + timedelta(minutes=2), start + timedelta(minutes=90))]
    assert journal.last_pulse() == start + timedelta(minutes=91)
    assert journal.standstills(start + timedelta(days=1), start + timedelta(days=2)) == []


def test_measurements_say_while_the_steps_of_all_cases_are_halted(db: None) -> None:
    assert "vermittlerpost_steps_halted 0.0" in Client().get("/metrics").content.decode()
    cases.halt(reason="Umbau", until=None, by="operator")
    assert "vermittlerpost_steps_halted 1.0" in Client().get("/metrics").content.decode()
