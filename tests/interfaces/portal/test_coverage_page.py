"""Services » Administration » Abdeckung: per agency and category who is mailed, and where nobody is (B2)."""

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.test import Client
from tests import cast
from tests.cast import ANNA, BERND

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
PAGE = "/services/administration/abdeckung/"


def text(client: Client, query: str = "") -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(PAGE + query).content.decode()))


def test_every_electronic_agency_is_listed_with_those_who_are_mailed(visit: Visit) -> None:
    shown = text(visit(ANNA))
    assert "4711 Agentur München Anna, Carla" in shown
    assert "4712 Agentur Berlin Anna, Carla, Dora" in shown
    assert "Bei jeder Agentur erhält jemand" in shown
    assert "5000" not in shown  # another firm's


def test_an_agency_that_gets_paper_is_named_apart(visit: Visit) -> None:
    assert "Mit der Post, ohne E-Mails: 4800 Agentur Dresden" in text(visit(ANNA))


def test_a_gap_is_marked_and_can_be_shown_alone(visit: Visit) -> None:
    cast.choose(ANNA, "important_letters", wanted=False)
    shown = text(visit(ANNA), "?nur=luecken")
    assert "Bei 1 Agentur erhält niemand E-Mails" in shown
    assert "4700 Agentur Köln niemand Anna" in shown
    assert "4711" not in shown


def test_without_gaps_the_narrowed_page_says_so(visit: Visit) -> None:
    assert "Keine Lücken" in text(visit(ANNA), "?nur=luecken")


def test_it_is_for_administrators(visit: Visit) -> None:
    assert visit(BERND).get(PAGE).status_code == 403
