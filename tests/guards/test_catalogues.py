"""What must hold for every entry of every catalogue, also for those that are not written yet."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from vermittlerpost.cases.deadlines import COUNTINGS
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Process, State, Step
from vermittlerpost.config.environment import Environment
from vermittlerpost.interfaces.ops import catalogues
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.transports import TRANSPORTS

STEPS_WITH_LETTERS = [
    (step, step.letter) for process in PROCESSES.values() for step in process.steps if step.letter is not None
]


@pytest.mark.parametrize("process", list(PROCESSES.values()), ids=lambda process: process.code)
def test_a_process_counts_in_a_known_way_and_names_its_states_once(process: Process) -> None:
    states = [State.GRACE, *(step.state for step in process.steps)]
    assert process.counting in COUNTINGS
    assert len(states) == len(set(states))
    assert not {State.CLOSED, State.CLARIFICATION} & set(states)


@pytest.mark.parametrize(("step", "letter"), STEPS_WITH_LETTERS, ids=str)
def test_every_letter_of_a_process_has_words_for_its_urgency(step: Step, letter: str) -> None:
    assert step.urgency in KINDS[letter].wordings


@pytest.mark.parametrize("process", list(PROCESSES.values()), ids=lambda process: process.code)
def test_a_letter_announces_the_step_that_follows_it_with_its_day(process: Process) -> None:
    followed = [step for step, before in zip(process.steps[1:], process.steps, strict=False) if before.letter]
    assert followed
    assert all("{day}" in step.announcement for step in followed)


@pytest.mark.parametrize("process", list(PROCESSES.values()), ids=lambda process: process.code)
def test_a_process_writes_one_letter_per_kind_and_level(process: Process) -> None:
    written = [(step.letter, step.level) for step in process.steps if step.letter]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_letter_belongs_to_a_category(kind: str) -> None:
    assert KINDS[kind].category in CATEGORIES


def test_an_environment_can_choose_every_transport_and_no_other() -> None:

    choices = Environment.model_fields["mail_transport"].annotation
    assert set(getattr(choices, "__args__", ())) == set(TRANSPORTS)


def test_every_entry_has_a_title_and_is_listed() -> None:
    listed = catalogues.all_of_them()
    assert all(entry["title"] for entry in listed)
    assert {*KINDS, *CATEGORIES, *PROCESSES, *COUNTINGS, *TRANSPORTS} <= {entry["entry"] for entry in listed}


def test_a_message_is_called_like_no_category_for_mails_tell_them_apart_by_their_code() -> None:
    assert not MESSAGES.keys() & CATEGORIES.keys()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_migrations_of_each_room_are_linear() -> None:
    loader = MigrationLoader(connection)
    assert loader.detect_conflicts() == {}
