"""A program that reads no XML goes its whole way: token, list, letter, refusals, by whatever prefixes it is used to."""

import re
from typing import Any

import pytest
from tests import acts
from tests.interfaces.bipro import envelopes, lax
from tests.interfaces.bipro.answers import Answer
from tests.interfaces.bipro.envelopes import NAC, STS, TRAN, asking, listing, login
from tests.interfaces.bipro.lax import Habits

from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock

pytestmark = pytest.mark.django_db

USUAL = Habits()
LONG = Habits(transfer="transfer:", messages="nachrichten:")
ODD = Habits(transfer="xf:", messages="nachr:")
BARE = Habits(transfer="", messages="nac:")


@pytest.fixture
def issued(software: str, turn_clock: Any, post: Any) -> Answer:
    """Return the answer with a token that somebody asks for on 17 February."""
    turn_clock("2026-02-17 09:00")
    answer: Answer = post(login(software), STS)
    return answer


@pytest.fixture
def token(issued: Answer) -> str:
    return lax.token_in(issued.text)


def prefixed(message: str, transfer: str, messages: str) -> str:
    """Return a message with other prefixes for the two namespaces; an empty one is none."""
    for usual, chosen, uri in (("tran", transfer, TRAN), ("nac", messages, NAC)):
        declared = f' xmlns="{uri}"' if not chosen else ""
        message = message.replace(f"</{usual}:", f"</{chosen}:" if chosen else "</")
        message = re.sub(f"<{usual}:([A-Za-z]+)", rf"<{chosen}:\1" if chosen else rf"<\1{declared}", message)
        message = message.replace(f"xmlns:{usual}=", f"xmlns:{chosen or 'unused-' + usual}=")
    return message


def text_of(answer: Answer) -> str:
    return lax.text_of(answer.content_type, answer.bytes)


def test_the_end_of_a_token_can_be_compared_with_a_moment_that_has_a_zone(issued: Answer) -> None:
    assert lax.still_holds(issued.text, acts.moment("2026-02-17 09:29"))
    assert not lax.still_holds(issued.text, acts.moment("2026-02-17 09:30"))


@pytest.mark.parametrize(
    ("transfer", "messages", "reader"),
    [
        ("tran", "nac", USUAL),
        ("t", "n", USUAL),
        ("", "nac", USUAL),
        ("tran", "", USUAL),
        ("", "", USUAL),
        ("transfer", "nachrichten", LONG),
        ("xf", "nachr", ODD),
        ("", "nac", BARE),
    ],
)
def test_a_program_sees_shipments_files_and_refusals_by_the_prefixes_that_it_sends(
    letter: str, token: str, post: Any, transfer: str, messages: str, reader: Habits
) -> None:
    def ask(message: str) -> Answer:
        answer: Answer = post(prefixed(message, transfer, messages))
        return answer

    assert reader.shipments(text_of(ask(listing(token)))) == [letter]
    fetched = ask(asking("getShipment", token, letter))
    assert list(reader.files_in(fetched.content_type, fetched.bytes)) == [fetched.one("allg:Dateiname")]
    with pytest.raises(ValueError, match="Eine Lieferung mit dieser ID gibt es nicht"):
        reader.shipments(text_of(ask(asking("getShipment", token, "L-0"))))


def test_an_empty_list_is_not_taken_for_a_refusal(token: str, post: Any) -> None:
    text = text_of(post(listing(token)))
    assert (USUAL.shipments(text), USUAL.message(text)) == ([], "Es liegen keine Lieferungen vor.")


def test_the_letter_is_a_part_of_its_own_and_whole_but_for_blanks_at_its_end(
    letter: str, token: str, post: Any
) -> None:
    answer = post(asking("getShipment", token, letter))
    ((name, content),) = USUAL.files_in(answer.content_type, answer.bytes).items()
    assert content == letters.pdf_of(letter, wiring.letter_store(), by="test").strip()
    assert name == f"Antragsanforderung_{acts.PLATE.replace(' ', '')}.pdf"


def test_umlauts_arrive_although_text_is_latin_1_unless_it_says_otherwise(software: str, post: Any) -> None:
    assert "für BiPRO" in text_of(post(login(software, "falsch"), STS))


def test_no_refusal_at_the_place_for_tokens_looks_like_a_success(software: str, post: Any) -> None:
    wrong = (
        login(software, "falsch"),
        login("niemand"),
        login(software, ""),
        envelopes.envelope("", envelopes.token_request()),
        login(software).replace("/Issue", "/Renew"),
        "kein XML",
    )
    assert [post(message, STS).status for message in wrong] == [500] * len(wrong)


def test_the_program_of_these_tests_is_as_blind_as_real_ones() -> None:
    listed = "<xf:Lieferung><xf:ID>S-1</xf:ID></xf:Lieferung><nachr:StatusID>NOK</nachr:StatusID>"
    inline = b"<allg:Dateiname>Brief.pdf</allg:Dateiname><allg:Daten>JVBERi0=</allg:Daten>"
    assert (USUAL.shipments(listed), Habits(transfer="xf:").shipments(listed)) == ([], ["S-1"])
    assert USUAL.files_in("text/xml; charset=utf-8", inline) == {}
    assert lax.text_of("text/xml", "für".encode()) != "für"
    with pytest.raises(TypeError):
        lax.still_holds("<wsu:Expires>2026-02-17T09:30:00</wsu:Expires>", clock.now())
