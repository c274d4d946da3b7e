"""What the OpenAPI document promises is kept, whatever is asked: tried out by a program that knows nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.interfaces.api.conftest import System

from vermittlerpost.config.wsgi import application
from vermittlerpost.interfaces.api.documentation import document

EXAMPLES_PER_OPERATION = 3
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@schemathesis.serializer("application/x-ndjson")
def as_it_is(_: object, value: Any) -> bytes:
    """Send a batch as it was thought up."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_dict(
    document(), config=schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": False}}})
)
schema.app = application


@pytest.fixture
def one_transaction() -> Iterator[None]:
    """Let requests not end the test's connection, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_PER_OPERATION,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_the_document_says(
    case: Any, system: Callable[..., System], one_transaction: None
) -> None:
    case.call_and_validate(
        headers={"Authorization": system().authorization, "Accept-Encoding": "identity"}, checks=CHECKS
    )
