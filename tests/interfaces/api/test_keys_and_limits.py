"""Who is let in over REST, and what is sent away at the threshold: keys, scopes, sizes, types, wrong addresses."""

import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.interfaces.api.conftest import System, content, said
from tests.lasting import at_once, lasting

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.models import ApiKey
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.interfaces.api.application import api
from vermittlerpost.interfaces.api.problems import KINDS
from vermittlerpost.lib import clock

LetIn = Callable[..., System]

FIRM = {"id": "F1", "name": "Maklerhaus Eins", "self_service": "no"}
FIFTY_MEGABYTES = 50_000_000
ENOUGH_FOR_A_BATCH = 40_000_000


def code_of(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    problem = said(answer)
    assert problem["detail"]
    assert problem["title"] == KINDS[problem["code"]].title
    return answer.status_code, problem["code"]


def test_without_a_key_nobody_is_let_in(db: None) -> None:
    for headers in ({}, {"Authorization": "Basic dnA6dnA="}):
        answer = Client(headers=headers).get("/api/v1/cases")
        assert code_of(answer) == (401, "key_missing")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_key_that_is_none_or_has_another_secret_is_unknown(system: LetIn) -> None:
    system()
    [key] = queries.issued_keys()
    for text in ("Unfug", f"vp_{key.id}_{'A' * 43}", f"vp_00000000_{'A' * 43}"):
        assert code_of(System(text).get("cases")) == (401, "key_unknown")


def test_a_key_opens_nothing_after_its_last_moment_or_once_it_is_revoked(
    system: LetIn, turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-02-02 08:00")
    core, other = system(days=1), system(days=100)
    assert core.get("cases").status_code == 200
    turn_clock("2026-02-03 08:00")
    assert code_of(core.get("cases")) == (401, "key_expired")
    [key] = queries.issued_keys().filter(expires_at__gt=clock.now())
    exchange.revoke_key(key=key.id, reason="verloren", by="operator")
    assert code_of(other.get("cases")) == (401, "key_revoked")


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_opens_what_its_scope_says_and_nothing_else(system: LetIn, scope: Scope) -> None:
    core = system(scope)
    asked = {
        Scope.READ_CASES: core.get("cases"),
        Scope.READ_LETTERS: core.get("letters"),
        Scope.READ_RECEIPTS: core.get("letters/S-0/receipts"),
        Scope.READ_DECISIONS: core.get("decisions", matter="S-0"),
        Scope.WEBHOOKS: core.get("webhooks"),
        Scope.FEED_NOTICES: core.send("notices", []),
        Scope.FEED_EVB: core.send("evb", []),
        Scope.FEED_APPLICATIONS: core.send("applications", []),
        Scope.FEED_DOCUMENTS: core.send("documents", []),
        Scope.FEED_MASTERS: core.send("users", []),
        Scope.FEED_POST: core.send("returns", []),
        Scope.BOUNCES: core.post("bounces", {}),
    }
    assert set(asked) == set(Scope)
    assert {one for one, answer in asked.items() if answer.status_code != 403} == {scope}


def test_a_session_of_the_portal_opens_nothing_here(stage: None) -> None:
    client = Client()
    client.force_login(agencies.user("anna"), backend="vermittlerpost.interfaces.portal.access.backend.PortalBackend")
    assert code_of(client.get("/api/v1/cases")) == (401, "key_missing")


def test_a_key_is_kept_as_a_hash_and_the_day_of_its_use_is_noted(system: LetIn) -> None:
    system().get("cases")
    [key] = ApiKey.objects.all()
    assert len(key.hash) == 64
    assert key.used_on == clock.today()


@pytest.mark.parametrize(
    "content_type", ["text/csv", "application/json", "multipart/form-data", "application/x-ndjson; charset=latin-1"]
)
def test_another_content_type_is_refused(system: LetIn, content_type: str) -> None:
    answer = system().client.post("/api/v1/firms/batch", b"{}", content_type=content_type)
    assert code_of(answer) == (415, "content_type")


def test_what_is_packed_is_refused(system: LetIn) -> None:
    assert code_of(system().send("firms", [FIRM], **{"Content-Encoding": "gzip"})) == (415, "content_type")


def test_without_a_length_nothing_is_read(system: LetIn) -> None:
    answer = system().client.generic("POST", "/api/v1/firms", b"{}", content_type="application/json", CONTENT_LENGTH="")
    assert code_of(answer) == (411, "length_required")


def test_too_many_rows_are_refused_and_none_is_taken(system: LetIn) -> None:
    answer = system().send("firms", [FIRM | {"id": f"F{number}"} for number in range(10_001)])
    assert code_of(answer) == (413, "too_many_rows")
    assert not agencies.known_firms(["F1"])


def peak_of(work: Callable[[], object]) -> int:
    """Return how many bytes were held at most beyond those at the beginning."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


class Endless(io.RawIOBase):
    """A body of which somebody counts what is read."""

    taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"x" * size


def test_a_body_of_fifty_megabytes_is_refused_before_any_of_it_is_read(system: LetIn) -> None:
    body = Endless()
    core, answers = system(), list[Any]()
    environ: dict[str, Any] = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(FIFTY_MEGABYTES),
        "CONTENT_TYPE": "application/x-ndjson",
    }
    peak = peak_of(lambda: answers.append(core.client.generic("POST", "/api/v1/firms/batch", b"", **environ)))
    assert code_of(answers[0]) == (413, "body_too_large")
    assert body.taken == 0
    assert peak < 2_000_000


def test_a_full_batch_is_taken_in_flat_memory(system: LetIn) -> None:
    core = system()
    rows = [
        {"number": f"{number:07}".replace("I", "1"), "carrier": "x", "agency": "", "kind": "?"}
        for number in range(10_000)
    ]
    body = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    answers = list[Any]()
    peak = peak_of(lambda: answers.append(core.send("evb", body)))
    assert said(answers[0])["refused"] == 10_000
    assert peak < ENOUGH_FOR_A_BATCH


def test_requests_at_once_with_one_key_are_answered_alike_and_done_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    answers = list[bytes]()
    with lasting(django_db_blocker):
        in_a_day = clock.now() + timedelta(days=1)
        issued = exchange.issue_key(holder="kernsystem", scopes=list(Scope), expires_at=in_a_day, by="operator")

        def send() -> None:
            answers.append(content(System(issued.text).post("firms", FIRM, **{"Idempotency-Key": "k"})))

        at_once(send, send, send, send)
    assert answers == [b'{"verdict": "accepted", "warnings": []}'] * 4


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "cases/V-0", "letters/S-0", "letters/S-0/pdf", "letters/S-0/receipts", "webhooks/H-0/dispatches"],
)
def test_what_is_not_there_is_a_problem_like_any_other(system: LetIn, path: str) -> None:
    assert code_of(system().get(path)) == (404, "not_found")


def test_a_wrong_method_is_a_problem_that_names_the_right_ones(system: LetIn) -> None:
    answer = system().client.put("/api/v1/webhooks")
    assert code_of(answer) == (405, "method_not_allowed")
    assert set(answer["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 501}, {"limit": "viele"}, {"cursor": "ü"}, {"cursor": "%%%"}, {"agency": "\0"}]
)
def test_a_parameter_that_makes_no_sense_is_named(system: LetIn, query: dict[str, object]) -> None:
    assert code_of(system().get("cases", **query)) == (422, "invalid_parameter")


def test_the_document_is_openapi_3_1_and_names_every_operation_once() -> None:
    document = said(Client().get("/api/v1/openapi.json"))
    assert document["openapi"].startswith("3.1")
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids)) >= 30
    assert api.title == document["info"]["title"]


def test_the_page_lists_every_operation_and_needs_nothing_from_elsewhere() -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    document = said(Client().get("/api/v1/openapi.json"))
    assert all(path in page for path in document["paths"])
    assert all(f'id="{code}"' in page for code in KINDS)
    assert all(f"<code>{name}</code>" in page for name in document["components"]["schemas"]["NewBounce"]["properties"])
    assert [word for word in ("<script", "style=", "src=") if word in page] == []
    assert "http" not in page.replace("https://.", "")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
