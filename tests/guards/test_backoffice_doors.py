"""Every address of the back office, also those not written yet: which roles get in, and nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import acts, cast

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.intake import actions as received
from vermittlerpost.intake import queries as intake

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"
_OURS = "vermittlerpost.interfaces.backoffice."

SAMPLES: dict[str, Callable[[], str]] = {
    "case": lambda: acts.intake_case("Z-1"),
    "letter": lambda: acts.letter().id,
    "kind": lambda: "step",
    "feeding": lambda: str(intake.feedings()[0].id),
}
"""What stands in an address, as the cast knows it; of all else nothing exists."""


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]
    view: Any

    @property
    def roles(self) -> frozenset[StaffRole]:
        return getattr(self.view, "roles", frozenset())

    def url(self) -> str:
        return reverse(self.name, kwargs={one: SAMPLES.get(one, lambda: "9000001")() for one in self.arguments})


def routes(patterns: list[Any] | None = None) -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(_OURS):
            yield Route(pattern.name or "", tuple(pattern.pattern.regex.groupindex), pattern.callback)


OURS = list(routes())


def client_of(login_id: str) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(queries.user(login_id), backend=_BACKEND)
    return client


@pytest.fixture
def one_letter(stage: None, tmp_path: Path) -> None:
    for role in StaffRole:
        colleague = agencies.Colleague(login_id=role.value, name=role.words, email="", roles=frozenset({role}))
        agencies.create_staff(colleague, by="operator")
    acts.register()
    acts.mornings(acts.REQUESTED)
    (tmp_path / "notices.csv").write_text("message_id;kind\nZ-9;gibt es nicht\n", encoding="utf-8")
    received.feed(tmp_path / "notices.csv", by="feed")


def test_every_address_has_a_name_and_says_which_roles_it_is_for() -> None:
    assert OURS
    assert [(route.name, str(route.view)) for route in OURS if not route.name or not route.roles] == []


def test_nothing_is_changed_by_an_auditor() -> None:
    changing = {route.name for route in OURS if StaffRole.AUDITOR in route.roles and "POST" in _methods(route)}
    assert changing == set()


def test_only_its_roles_open_a_page(one_letter: None) -> None:
    assert [
        (route.name, role.value, answer.status_code)
        for role, client in [(role, client_of(role.value)) for role in StaffRole]
        for route in OURS
        for answer in (client.get(route.url()), client.post(route.url()))
        if answer.status_code not in ({200, 302, 404, 405} if role in route.roles else {403, 405})
    ] == []


def test_who_feeds_or_audits_sees_what_was_refused_and_nobody_else(one_letter: None) -> None:
    readers = {StaffRole.CASE_WORKER, StaffRole.ADMINISTRATOR, StaffRole.AUDITOR}
    pages = [route for route in OURS if route.name in {"feedings", "feeding", "feeding_refusals"}]
    assert len(pages) == 3
    assert [
        (route.name, role.value)
        for role, client in [(role, client_of(role.value)) for role in StaffRole]
        for route in pages
        if client.get(route.url()).status_code != (200 if role in readers else 403)
    ] == []


def test_who_is_not_logged_in_is_asked_to(one_letter: None) -> None:
    assert [
        (route.name, answer.status_code)
        for route in OURS
        for answer in (Client().get(route.url()), Client().post(route.url()))
        if answer.status_code != 405 and not answer.headers.get("Location", "").startswith("/anmelden/?next=")
    ] == []


def test_an_intermediary_does_not_learn_that_there_are_such_pages(one_letter: None) -> None:
    assert [
        (route.name, answer.status_code)
        for client in (client_of(cast.ANNA), client_of(cast.BERND))
        for route in OURS
        for answer in (client.get(route.url()), client.post(route.url()))
        if answer.status_code not in {404, 405}
    ] == []


def test_nothing_is_taken_from_a_form_of_another_site(one_letter: None) -> None:
    clients = {role: Client(enforce_csrf_checks=True) for role in StaffRole}
    for role, client in clients.items():
        client.force_login(queries.user(role.value), backend=_BACKEND)
    answers = {route.name: clients[min(route.roles)].post(route.url()).status_code for route in OURS}
    assert {name: status for name, status in answers.items() if status not in {403, 405}} == {}


def _methods(route: Route) -> set[str]:
    answer = Client().generic("TRACE", reverse(route.name, kwargs=dict.fromkeys(route.arguments, "1")))
    return set(answer.headers["Allow"].split(", "))
