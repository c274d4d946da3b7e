"""A letter whose PDF cannot be made is read as text, and every door says so instead of breaking."""

import pytest
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.letter_doors import bipro, browser, desk, portal, rest, zipped

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

NOON = f"{acts.REQUESTED} 12:00"


@pytest.fixture
def letter(stage: None) -> str:
    """Return a letter with a character that no font shows."""
    acts.register(keeper_name="Smiley 🙂")
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


@pytest.mark.parametrize("is_set_aside", [False, True])
def test_every_door_says_plainly_that_there_is_no_pdf_yet(letter: str, is_set_aside: bool) -> None:
    with clock.turned_to(acts.moment(NOON)):
        if is_set_aside:
            rounds.render()
        page, problem, fault, message = portal(letter), rest(letter), bipro(letter), desk(letter)
        assert zipped(letter).namelist()[0].endswith(".txt")
    assert page.status_code == 503
    assert "Das PDF konnte noch nicht erzeugt werden" in page.content.decode()
    assert (problem.status_code, problem.json()["code"]) == (409, "pdf_not_made")
    assert (fault.status, fault.codes) == (500, ["00940"])
    assert f"Das PDF des Schreibens {letter} konnte noch nicht erzeugt werden." in message.content.decode()


def test_the_page_of_such_a_letter_shows_its_text_and_says_why_there_is_no_pdf(letter: str) -> None:
    with clock.turned_to(acts.moment(NOON)):
        rounds.render()
        page = browser(cast.CARLA).get(reverse("letter", args=[letter])).content.decode()
    assert "<iframe" not in page
    assert "Das PDF konnte noch nicht erzeugt werden" in page
    assert "Smiley 🙂" in page
