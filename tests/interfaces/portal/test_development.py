"""/entwicklung/mails/: what was sent can be looked at where nothing leaves the house, and nowhere else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from tests import acts

LIST = "/entwicklung/mails/"


@pytest.fixture(autouse=True)
def _mailed(stage: None, turn_clock: Callable[[str], datetime]) -> None:
    """Let Anna and Carla be mailed about a request."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    turn_clock("2026-03-20 12:00")


def first_mail() -> str:
    return str(Client().get(LIST).context["mails"][0].name)


def test_every_mail_is_listed_with_recipient_and_subject() -> None:
    page = Client().get(LIST).content.decode()
    assert "carla@brueckner.example" in page
    assert "1 wichtiges Schreiben" in page


def test_a_mail_is_shown_as_text_with_links_and_as_a_page_in_a_closed_frame() -> None:
    page = Client().get(f"{LIST}{first_mail()}/").content.decode()
    assert "Guten Tag," in page
    assert 'href="http://127.0.0.1:8000/cockpit/vermittlerpost/' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_the_page_of_a_mail_may_load_and_run_nothing() -> None:
    response = Client().get(f"{LIST}{first_mail()}/seite/")
    assert b'<base target="_blank">' in response.content
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox")
    assert "allow-scripts" not in policy


@pytest.mark.parametrize("name", ["gibt-es-nicht.eml", "..%2F..%2Fsecret.eml", "M-1"])
def test_what_is_no_mail_of_the_folder_is_not_there(name: str) -> None:
    assert [Client().get(f"{LIST}{name}/{page}").status_code for page in ("", "seite/")] == [404, 404]


@pytest.mark.parametrize("change", [{"environment": "production"}, {"mail_transport": "smtp"}])
def test_in_production_and_with_a_mail_server_the_pages_are_not_there(
    settings: LazySettings, change: dict[str, str]
) -> None:
    name = first_mail()
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=change)
    for path in (LIST, f"{LIST}{name}/", f"{LIST}{name}/seite/"):
        assert Client().get(path).status_code == 404
