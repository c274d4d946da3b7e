"""What the portal says in German, it says in English too."""

import re

import pytest
from babel.messages.catalog import Catalog
from tools import messages


def named(sentence: str) -> set[str]:
    return set(re.findall(r"(?<!%)\{(\w+)\}", sentence))


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return messages.collected()


def test_every_message_is_translated(catalogue: Catalog) -> None:
    assert messages.untranslated(catalogue) == []


def test_the_catalogue_holds_what_is_said_and_nothing_else(catalogue: Catalog) -> None:
    assert (messages.FOLDER / "django.po").read_bytes() == messages.written(catalogue), "Run `make messages`."


def test_programs_read_what_was_translated(catalogue: Catalog) -> None:
    assert (messages.FOLDER / "django.mo").read_bytes() == messages.compiled(catalogue), "Run `make messages`."


def test_what_a_sentence_names_in_braces_is_named_in_its_translation(catalogue: Catalog) -> None:
    pairs = [
        (message.id, message.string)
        for message in catalogue
        if isinstance(message.id, str) and isinstance(message.string, str) and message.string
    ]
    differing = [said for said, translated in pairs if named(said) != named(translated)]
    assert differing == []


def test_placeholders_survive_translation(catalogue: Catalog) -> None:
    assert [error for message in catalogue for error in message.check(catalogue)] == []
