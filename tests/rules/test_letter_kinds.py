"""The kinds of letters: what each must say, whoever writes the next one, and what a file of one may not hold."""

import json
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from vermittlerpost.letters import kinds
from vermittlerpost.letters.kinds import KINDS, Kind, newest
from vermittlerpost.lib import catalogue
from vermittlerpost.lib.catalogue import BrokenCatalogue

MINIMAL = """
title = "Hinweis"
category = "important_letters"
bipro = "160008000"
answer = { label = "Fragen", text = "{contact}" }

[wordings.normal]
subject = "Hinweis zum Fahrzeug {plate}"
request = "bitte beachten Sie unseren Hinweis."
"""


def test_the_shipped_kinds_are_those_that_the_announcement_names() -> None:
    assert {code: (kind.title, kind.category, kind.bipro) for code, kind in KINDS.items()} == {
        "application_request": ("Antragsanforderung", "important_letters", "100005100"),
        "cancellation_withdrawn": ("Rücknahme der eVB-Kündigung", "important_letters", "160008000"),
        "evb_cancellation": ("eVB-Kündigung", "important_letters", "160011000"),
        "inquiry": ("Rückfrage", "important_letters", "160008000"),
        "reminder": ("Erinnerung", "urgent_reminders", "100005100"),
        "void_notice": ("Erledigungsmitteilung", "important_letters", "160008000"),
    }


# The wordings that were shipped, each with its fingerprint: letters that were written in one are made from it again.
SHIPPED = {
    "application_request": "456447da4c1d7dc5",
    "cancellation_withdrawn": "80e6f8f1704ebbd0",
    "cancellation_withdrawn.2": "19588dc7835e09a2",
    "evb_cancellation": "50c350b34eea42e3",
    "inquiry": "4b211633d258878d",
    "inquiry.2": "ea481976b9a58197",
    "reminder": "be2dab00187c0f65",
    "reminder.2": "8fd99c6ae0ccd6c6",
    "void_notice": "55f1fe9bc9bc1124",
}


def test_no_wording_changes_that_letters_were_written_in_what_is_said_anew_is_a_new_file() -> None:
    files = Path(kinds.__path__[0]).glob("*.toml")
    assert {path.stem: _fingerprint(path) for path in files} == SHIPPED


def _fingerprint(path: Path) -> str:
    said = json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def test_the_next_letter_is_written_in_the_words_of_the_newest_file_and_the_older_files_stay(tmp_path: Path) -> None:
    for name in ("notice", "notice.2", "notice.10"):
        (tmp_path / f"{name}.toml").write_text(MINIMAL, encoding="utf-8")
    loaded = _load(tmp_path).values()
    assert {(kind.code, kind.version) for kind in loaded} == {("notice", 1), ("notice", 2), ("notice", 10)}
    assert newest(loaded)["notice"].version == 10


@pytest.mark.parametrize("name", ["notice.1", "notice.02", "notice.x", "notice."])
def test_a_file_with_any_other_number_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.toml").write_text(MINIMAL, encoding="utf-8")
    with pytest.raises(BrokenCatalogue, match="no later version"):
        _load(tmp_path)


def test_reminders_have_a_wording_for_each_of_their_urgencies() -> None:
    assert set(KINDS["reminder"].wordings) == {"hoch", "letzte"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_the_first_sentence_asks(kind: Kind) -> None:
    for wording in kind.wordings.values():
        assert wording.request[0].text.startswith("bitte ")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_tells_how_to_answer_with_a_portal_and_without(kind: Kind) -> None:
    online = [one.label for one in kind.answer if one.applies({"portal_url"}) and one.when]
    on_paper = [one.label for one in kind.answer if one.applies(set()) and one.unless]
    assert (online, on_paper) == (["Im Portal", "Über BiPRO"], ["Per Post"])
    assert kind.answer[-1].text == "{contact}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_the_bipro_code_in_the_text_is_that_of_the_kind(kind: Kind) -> None:
    assert any(f"Kategorie {kind.bipro}" in one.text for one in kind.answer)


def test_a_new_kind_needs_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notice.toml").write_text(MINIMAL, encoding="utf-8")
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(tmp_path)])
    assert set(catalogue.documents(kinds.__name__, Kind)) == {*SHIPPED, "notice"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("{plate}", "{colour}", "colour"),  # no such fact
        ("{plate}", "{plate.upper}", "plate.upper"),  # a way into the object
        ("{plate}", "{plate!r}", "plate!r"),  # a conversion
        ("{plate}", "{plate:>99}", "plate:>99"),  # a format
        ("{plate}", "{}", "''"),  # nameless
        ("{plate}", "{plate", "expected '}'"),  # not closed
        ("[wordings.normal]", '[wordings.normal]\ncolour = "rot"', "colour"),  # an unknown section
        ('title = "Hinweis"', 'title = "Hinweis"\ncolour = "rot"', "colour"),  # an unknown key
        ('label = "Fragen"', 'label = "Fragen", if = "evb"', "if"),  # an unknown condition
        ('label = "Fragen"', 'when = "colour"', "colour"),  # a condition on no fact
        ('title = "Hinweis"', "", "title"),  # a missing key
        ('request = "bitte beachten Sie unseren Hinweis."', "", "request"),  # a missing section
        ('"160008000"', '"16000800"', "nine digits"),  # eight digits
        ('"important_letters"', '"Wichtig!"', "category"),  # no code
    ],
)
def test_a_file_that_says_something_else_is_refused(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    assert old in MINIMAL
    (tmp_path / "notice.toml").write_text(MINIMAL.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenCatalogue, match=f"notice.toml.*{complaint}"):
        _load(tmp_path)


def _load(folder: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kinds, "__path__", [str(folder)])
        return catalogue.documents(kinds.__name__, Kind)


def test_a_paragraph_sign_stays_with_its_number() -> None:
    said = " ".join(one.text for one in KINDS["application_request"].wordings["normal"].otherwise)
    assert "§\N{NO-BREAK SPACE}52\N{NO-BREAK SPACE}Abs.\N{NO-BREAK SPACE}4 VVG" in said
