"""What the fault tests share: a forge of workers, and houses furnished up to a certain morning."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from tests import databases
from tests.faults import world
from tests.faults.houses import Estate, House
from tests.faults.workers import Forge, Task, forge


@pytest.fixture(scope="session")
def smithy() -> Iterator[Forge]:
    """Return where workers are forged."""
    with forge() as made:
        yield made


@pytest.fixture(autouse=True)
def nobody_stays_behind(smithy: Forge) -> Iterator[None]:
    """End the workers that a failed test leaves behind."""
    yield
    smithy.dismiss()


@pytest.fixture(scope="session")
def estate(
    smithy: Forge, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Estate]:
    """Return the estate on the server of the tests."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
    server = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    estate = Estate(server=server, folder=tmp_path_factory.mktemp("houses"), forge=smithy)
    yield estate
    estate.clear()


@pytest.fixture(scope="session")
def empty(estate: Estate, django_db_blocker: DjangoDbBlocker) -> House:
    """Return a house with all tables and nothing in them."""
    with django_db_blocker.unblock():
        return estate.build(like=databases.migrated())


@pytest.fixture(scope="session")
def furnished(empty: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a house with carriers, agencies and users."""
    files = world.masters(tmp_path_factory.mktemp("masters"))
    with empty.copy() as house:
        house.do(*[("feed", file) for file in files], clock=world.LONG_AGO)
        yield house


@pytest.fixture(scope="session")
def morning(furnished: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a house in which six steps are due: two requests and two reminders by mail, two requests by post."""
    old, new, paper, other = (tmp_path_factory.mktemp("files") for _ in range(4))
    long_ago = world.registrations(old, [1, 2], agency=world.ELECTRONIC, received_at=world.LONG_AGO)
    lately = [
        *world.registrations(new, [3, 4], agency=world.ELECTRONIC, received_at=world.LATELY),
        *world.registrations(paper, [5], agency=world.PAPER, received_at=world.LATELY),
        *world.registrations(other, [6], agency=world.PAPER, received_at=world.LATELY, carrier="FW"),
    ]
    tasks: list[Task | str] = [("feed", file) for file in long_ago]
    tasks += [("turn", world.REQUESTED), "take_steps", "announce", "post_all", "render", "print_post", "hand_over"]
    tasks += [("turn", world.LATELY), *(("feed", file) for file in lately)]
    with furnished.copy() as house:
        house.do(*tasks, clock=world.LONG_AGO)
        yield house
