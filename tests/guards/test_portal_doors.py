"""Every address of the portal, also those not written yet: who gets in, and that nothing is sent blindly."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import acts, cast

from vermittlerpost.agencies import queries as agencies

_BACKEND = "vermittlerpost.interfaces.portal.access.backend.PortalBackend"
_WITHOUT_AUDIENCE = ("allauth.", "django.")
"""What libraries serve checks by itself who may see it."""

BROWSERS = {"everybody", "users", "administrators", "staff"}
"""Who comes with a browser, and so with cookies; what staff may open has a guard of its own."""

PROGRAMS = {"programs", "keys"}
"""Who asks without a browser: by what he sends with each message. Cookies count for nothing there."""

MACHINES = {"machines"}
"""Who asks without saying who he is, and changes nothing."""

SAMPLES: dict[str, Callable[[], str]] = {
    "letter": lambda: acts.letter().id,
    "case": lambda: acts.intake_case("Z-1"),
    "document": acts.provide,
    "login_id": lambda: cast.CARLA,
    "article": lambda: "noch-nicht-erschienen",
    "pk": lambda: "900001",
    "session": lambda: "900001",
}
"""What stands in an address, as the cast knows it; all of it belongs to Brückner, if it belongs to anybody."""

UNKNOWN = {"pk": "900002", "session": "900002"}
"""What does not exist, where an address takes numbers only."""

CSRF_TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]
    view: Any

    @property
    def audience(self) -> str | None:
        return getattr(self.view, "audience", None)

    @property
    def is_ours(self) -> bool:
        return not self.view.__module__.startswith(_WITHOUT_AUDIENCE)

    def url(self, **others: str) -> str:
        return reverse(self.name, kwargs={one: others.get(one) or SAMPLES[one]() for one in self.arguments})


def routes(patterns: list[Any] | None = None) -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield Route(pattern.name or "", tuple(pattern.pattern.regex.groupindex), pattern.callback)


OURS = [route for route in routes() if route.is_ours]
GUARDED = [route for route in OURS if route.audience in {"users", "administrators"}]
ABOUT_SOMETHING = [route for route in GUARDED if route.arguments]


def client_of(login_id: str) -> Client:
    client = Client()
    client.force_login(agencies.user(login_id), backend=_BACKEND)
    return client


def bare(page: bytes, url: str) -> bytes:
    """Return a page without its own address and without the tokens that differ each time."""
    return CSRF_TOKEN.sub(b"", page.replace(url.encode(), b""))


def each(routes: Iterable[Route]) -> Iterator[Route]:
    """Return one route after the other; what was done about it is undone before the next."""
    for route in routes:
        before = transaction.savepoint()
        yield route
        transaction.savepoint_rollback(before)


def both(client: Client, url: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """Return how an address answers who asks for it, and who sends something there."""
    yield "GET", client.get(url)
    yield "POST", client.post(url)


@pytest.fixture
def one_letter(stage: None) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)


def test_every_address_has_a_name_and_says_who_may_open_it() -> None:
    known = BROWSERS | PROGRAMS | MACHINES
    assert [(route.name, str(route.view)) for route in OURS if not route.name or route.audience not in known] == []


def test_what_stands_in_an_address_is_known_to_the_cast() -> None:
    assert {one for route in GUARDED for one in route.arguments} - set(SAMPLES) == set()


def test_who_is_not_logged_in_is_asked_to(one_letter: None) -> None:
    assert len(GUARDED) > 20
    assert [
        (route.name, method, answer.status_code)
        for route in each(GUARDED)
        for method, answer in both(Client(), route.url())
        if answer.status_code != 405 and not _asks_to_log_in(answer)
    ] == []


def _asks_to_log_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/anmelden/?next=")


def test_who_is_no_administrator_is_kept_out_of_administration(one_letter: None) -> None:
    administration = [route for route in GUARDED if route.audience == "administrators"]
    assert len(administration) > 5
    assert [
        (route.name, method, answer.status_code)
        for route in each(administration)
        for method, answer in both(client_of(cast.BERND), route.url())
        if answer.status_code not in {403, 405}
    ] == []


def test_what_belongs_to_another_firm_looks_like_what_does_not_exist(one_letter: None) -> None:
    assert len(ABOUT_SOMETHING) > 5
    for route in each(ABOUT_SOMETHING):
        olga, foreign = client_of(cast.OLGA), route.url()
        unknown = route.url(**dict.fromkeys(route.arguments, "X0X0X0X0") | UNKNOWN)
        for ask in (olga.get, olga.post):
            answers = [ask(foreign), ask(unknown)]
            assert {answer.status_code for answer in answers} <= {404, 405}, route.name
            pages = [bare(answer.content, url) for answer, url in zip(answers, (foreign, unknown), strict=True)]
            assert pages[0] == pages[1], route.name


def test_the_firms_own_people_get_no_page_that_fails(one_letter: None) -> None:
    assert [
        (route.name, login_id, answer.status_code)
        for route in each(GUARDED)
        for login_id in (cast.ANNA, cast.EMIL)
        for answer in [client_of(login_id).get(route.url())]
        if answer.status_code not in {200, 302, 303, 403, 404, 405}
    ] == []


def test_where_programs_ask_the_login_of_a_person_counts_for_nothing(one_letter: None) -> None:
    asked = [route for route in routes() if route.audience in PROGRAMS]
    assert asked
    for route in each(asked):
        url = reverse(route.name, kwargs=dict.fromkeys(route.arguments, "x"))
        known, unknown = (
            client.post(url, "<x/>", content_type="text/xml") for client in (client_of(cast.ANNA), Client())
        )
        assert known.status_code == unknown.status_code >= 400, route.name


def test_machines_are_answered_the_same_whoever_is_logged_in(one_letter: None) -> None:
    asked = [route for route in routes() if route.audience in MACHINES]
    assert asked
    for route in each(asked):
        known, unknown = (client.get(route.url()) for client in (client_of(cast.ANNA), Client()))
        assert known.status_code == unknown.status_code, route.name
        assert client_of(cast.ANNA).post(route.url()).status_code == 405, route.name


def test_nothing_is_taken_from_a_form_of_another_site(one_letter: None) -> None:
    asked = [route for route in routes() if route.audience not in {*PROGRAMS, "staff"}]
    assert len(asked) > 20
    assert [
        (route.name, answer.status_code)
        for route in each(asked)
        for answer in [_sent_blindly(route)]
        if answer.status_code not in {403, 405}
    ] == []


def _sent_blindly(route: Route) -> HttpResponseBase:
    client = Client(enforce_csrf_checks=True)
    client.force_login(agencies.user(cast.ANNA), backend=_BACKEND)
    known = all(one in SAMPLES for one in route.arguments)
    answer: HttpResponseBase = client.post(
        route.url() if known else reverse(route.name, kwargs=dict.fromkeys(route.arguments, "x"))
    )
    return answer
