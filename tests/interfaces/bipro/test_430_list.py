"""listShipments: what waits for a firm's software."""

import gzip
from typing import Any

import pytest
from django.test import Client
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import call, listing

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries as delivery

pytestmark = pytest.mark.django_db


ARABIC_100 = "\N{ARABIC-INDIC DIGIT ONE}" + "\N{ARABIC-INDIC DIGIT ZERO}" * 2


@pytest.fixture
def two_letters(stage: None) -> list[str]:
    """Let a request and a reminder be written."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return [letter.id for letter in acts.letters_of()]


@pytest.fixture
def day(turn_clock: Any, two_letters: list[str]) -> None:
    turn_clock("2026-03-04 09:00")


@pytest.fixture
def robot(day: None, token_of: Any) -> str:
    token: str = token_of(cast.ROBOT)
    return token


def test_where_nothing_waits_a_hint_says_so(token: str, post: Any) -> None:
    answer = post(listing(token))
    assert (answer.status, answer.one("nac:StatusID"), answer.codes) == (200, "OK", ["04001"])
    assert answer.one("nac:ArtID") == "Hinweis"
    assert answer.ids == []


def test_what_waits_is_listed_the_oldest_first(robot: str, two_letters: list[str], post: Any) -> None:
    answer = post(listing(robot))
    assert (answer.status, answer.codes, answer.ids) == (200, ["04000"], two_letters)
    assert answer.all("tran:Einstellzeitpunkt") == ["2026-02-16T07:00:00", "2026-03-03T07:00:00"]
    assert answer.all("tran:Kategorie") == ["100005100"] * 2
    assert answer.all("tran:VerfuegbarBis") == ["2026-08-15", "2026-08-30"]
    assert answer.all("tran:EnthaeltNurDaten") == ["false"] * 2
    assert answer.all("tran:AnzahlTransfers") == ["1"] * 2
    assert answer.all("tran:Transfer") == answer.all("tran:Bestaetigungszeitpunkt") == []
    assert answer.one("nac:Zeitstempel") == "2026-03-04T09:00:00"


@pytest.mark.parametrize(
    ("category", "found"), [("100", 2), ("100005", 2), ("100005100", 2), ("160", 0), ("160008000", 0)]
)
def test_a_category_is_asked_for_by_its_first_digits(robot: str, post: Any, category: str, found: int) -> None:
    answer = post(listing(robot, category=category))
    assert (len(answer.ids), answer.codes) == (found, ["04000" if found else "04001"])


@pytest.mark.parametrize("category", ["1", "10000", "1000051000", "abc", "100 005 100", "%", ARABIC_100])
def test_other_categories_than_of_3_6_or_9_digits_are_not_known(robot: str, post: Any, category: str) -> None:
    answer = post(listing(robot, category=category))
    assert (answer.status, answer.one("nac:StatusID"), answer.codes) == (200, "NOK", ["04005"])


def test_what_is_acknowledged_is_listed_only_if_it_is_asked_for(
    robot: str, two_letters: list[str], post: Any, turn_clock: Any
) -> None:
    turn_clock("2026-03-04 09:15")
    post(envelopes.asking("acknowledgeShipment", robot, two_letters[0]))
    for absent in ("", "false", "0"):
        assert post(listing(robot, acknowledged=absent)).ids == two_letters[1:]
    answer = post(listing(robot, acknowledged="true"))
    assert answer.ids == two_letters
    assert answer.one("tran:Bestaetigungszeitpunkt") == "2026-03-04T09:15:00"


def test_an_empty_element_asks_for_nothing(robot: str, two_letters: list[str], post: Any) -> None:
    empty = "<tran:KategorieDerLieferung/><tran:BestaetigeLieferungen> </tran:BestaetigeLieferungen>"
    assert post(call("listShipments", robot, empty)).ids == two_letters


def test_whether_acknowledged_ones_are_wanted_is_true_or_false(robot: str, post: Any) -> None:
    assert post(listing(robot, acknowledged="vielleicht")).codes == ["00007"]


def test_what_is_available_no_longer_is_not_listed(
    two_letters: list[str], post: Any, token_of: Any, turn_clock: Any
) -> None:
    turn_clock("2026-08-15 23:00")
    assert post(listing(token_of(cast.ROBOT))).ids == two_letters
    turn_clock("2026-08-16 00:00")
    assert post(listing(token_of(cast.ROBOT))).ids == two_letters[1:]


def test_each_sees_what_lies_in_his_scope(day: None, two_letters: list[str], post: Any, token_of: Any) -> None:
    for login_id in (cast.CARLA, cast.DORA, cast.OLGA, cast.EMIL):
        cast.change_user(login_id, technical=True)
    found = {
        login_id: post(listing(token_of(login_id))).ids for login_id in (cast.CARLA, cast.DORA, cast.OLGA, cast.EMIL)
    }
    assert found == {cast.CARLA: two_letters, cast.DORA: [], cast.OLGA: [], cast.EMIL: []}


def test_asking_is_noted_with_what_the_program_calls_itself(robot: str, post: Any) -> None:
    post(call("listShipments", robot).replace("MVP", "Maklerprogramm " * 20))
    (caller,) = [one for one in delivery.software_of(agencies.user(cast.ANNA)) if one.login_id == cast.ROBOT]
    assert caller.consumer == ("Maklerprogramm " * 20)[:50]
    assert caller.listed_at is not None


def test_a_list_is_sent_while_it_is_made_and_packed_if_that_is_asked_for(robot: str, two_letters: list[str]) -> None:
    plain = Client().post(envelopes.TRANSFER, listing(robot), content_type="text/xml")
    packed: Any = Client().post(
        envelopes.TRANSFER, listing(robot), content_type="text/xml", headers={"Accept-Encoding": "gzip"}
    )
    assert plain.streaming
    assert packed.headers["Content-Encoding"] == "gzip"
    unpacked = gzip.decompress(b"".join(packed.streaming_content))
    assert all(one.encode() in unpacked for one in two_letters)
