"""What the portal says in German, it says in English too."""

import pytest
from babel.messages.catalog import Catalog
from tools import messages


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return messages.collected()


def test_every_message_is_translated(catalogue: Catalog) -> None:
    assert messages.untranslated(catalogue) == []


def test_the_catalogue_holds_what_is_said_and_nothing_else(catalogue: Catalog) -> None:
    assert (messages.FOLDER / "django.po").read_bytes() == messages.written(catalogue), "Run `make messages`."


def test_programs_read_what_was_translated(catalogue: Catalog) -> None:
    assert (messages.FOLDER / "django.mo").read_bytes() == messages.compiled(catalogue), "Run `make messages`."


def test_placeholders_survive_translation(catalogue: Catalog) -> None:
    assert [error for message in catalogue for error in message.check(catalogue)] == []
