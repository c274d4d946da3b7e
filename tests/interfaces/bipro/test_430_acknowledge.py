"""acknowledgeShipment: again is as good as once, and it is not reading."""

from typing import Any

import pytest
from django.db import connection
from tests import acts, cast
from tests.interfaces.bipro.envelopes import asking, call, listing

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import ReceiptKind

pytestmark = pytest.mark.django_db


def acknowledgements(letter: str) -> list[str]:
    return [one.actor for one in delivery.receipts_of(letter) if one.kind == ReceiptKind.ACKNOWLEDGED]


def test_the_second_time_is_answered_like_the_first_and_changes_nothing(letter: str, token: str, post: Any) -> None:
    answers = [post(asking("acknowledgeShipment", token, letter)) for _ in range(3)]
    assert {(answer.status, answer.one("nac:StatusID"), *answer.codes) for answer in answers} == {(200, "OK", "04000")}
    assert len({answer.lasting for answer in answers}) == 1
    assert acknowledgements(letter) == [cast.ROBOT]


def test_what_is_acknowledged_can_still_be_fetched(letter: str, token: str, post: Any) -> None:
    post(asking("acknowledgeShipment", token, letter))
    answer = post(asking("getShipment", token, letter))
    assert answer.codes == ["04000"]
    assert answer.one("tran:Bestaetigungszeitpunkt")
    assert answer.pdf.startswith(b"%PDF-")


def test_several_are_acknowledged_at_once(letter: str, token: str, post: Any) -> None:
    acts.mornings(acts.REMINDED)
    both = [one.id for one in acts.letters_of()]
    ids = "".join(f"<tran:ID>{one}</tran:ID>" for one in both)
    assert post(call("acknowledgeShipment", token, ids)).codes == ["04000"]
    assert [acknowledgements(one) for one in both] == [[cast.ROBOT]] * 2
    assert post(listing(token)).codes == ["04001"]


def test_of_several_none_is_acknowledged_if_one_is_unknown(letter: str, token: str, post: Any) -> None:
    ids = f"<tran:ID>{letter}</tran:ID><tran:ID>L-0000-0000-00000</tran:ID>"
    assert post(call("acknowledgeShipment", token, ids)).codes == ["04003"]
    assert acknowledgements(letter) == []


def test_not_any_number_can_be_acknowledged_at_once(letter: str, token: str, post: Any) -> None:
    before = len(connection.queries_log)
    assert post(call("acknowledgeShipment", token, f"<tran:ID>{letter}</tran:ID>" * 20_000)).codes == ["00001"]
    assert len(connection.queries_log) - before < 10
    assert acknowledgements(letter) == []
