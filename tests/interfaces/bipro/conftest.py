"""Programs at the door: what they send, as it is, and what they get, taken apart as they do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from tests import acts, cast
from tests.interfaces.bipro import envelopes, schemas
from tests.interfaces.bipro.answers import Answer

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.interfaces.bipro import pace

Post = Callable[..., Answer]


@pytest.fixture
def post() -> Post:
    """Return a function that sends a message, for shipments if to no other address, and judges the answer's form."""

    def send(message: str | bytes, address: str = envelopes.TRANSFER, **headers: str) -> Answer:
        content = message.encode() if isinstance(message, str) else message
        content_type = headers.pop("content_type", "text/xml; charset=utf-8")
        response = Client().generic("POST", address, content, content_type=content_type, headers=headers)
        answer = Answer(response)
        schemas.validate(answer.bytes)
        return answer

    return send


@pytest.fixture
def allow(settings: LazySettings) -> Callable[..., None]:
    """Return a function that sets what an operator sets."""

    def choose(**chosen: object) -> None:
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=chosen)

    return choose


@pytest.fixture(autouse=True)
def _nobody_has_called_yet() -> None:
    pace.forget()


@pytest.fixture
def software(stage: None) -> str:
    """Let the firm's software have a password, and return its login id."""
    acts.give_password(cast.ROBOT, envelopes.PASSWORD)
    return cast.ROBOT


@pytest.fixture
def log_in(post: Post) -> Callable[..., str]:
    """Return a function that gets somebody a token by his password."""

    def issue(login_id: str, password: str = envelopes.PASSWORD) -> str:
        return post(envelopes.login(login_id, password), envelopes.STS).one("wsc:Identifier")

    return issue


@pytest.fixture
def token_of(stage: None) -> Callable[[str], str]:
    """Return a function that gives a token for a user, without the time that checking a password takes."""

    def issue(login_id: str) -> str:
        return agencies.issue_token(queries.user(login_id), lifetime=timedelta(minutes=30)).identifier

    return issue


@pytest.fixture
def token(token_of: Callable[[str], str], turn_clock: Callable[[str], datetime]) -> str:
    """Return a token of the firm's software, on the day after the request."""
    turn_clock("2026-02-17 09:00")
    return token_of(cast.ROBOT)


@pytest.fixture
def letter(stage: None) -> str:
    """Let a request be written, and return the id of the letter."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id
