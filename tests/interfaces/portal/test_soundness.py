"""Addresses at which nothing can lie are answered as if nothing lay there."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("stage")

Visit = Callable[[str], Client]


@pytest.mark.parametrize(
    "address",
    ["/cockpit/vorgaenge/%00/", "/cockpit/vermittlerpost/a%00b/", "/%00"],
)
def test_a_nul_in_an_address_is_found_nowhere(visit: Visit, address: str) -> None:
    assert visit("anna").get(address).status_code == 404


@pytest.mark.parametrize("day", ["31.12.9999", "01.01.0001", "9999-12-31"])
@pytest.mark.parametrize("page", ["/cockpit/vermittlerpost/", "/services/administration/verlauf/"])
def test_a_day_with_which_nothing_can_be_reckoned_narrows_nothing(visit: Visit, page: str, day: str) -> None:
    for name in ("von", "bis"):
        assert visit("anna").get(page, {name: day}).status_code == 200


def test_a_place_that_was_made_up_is_the_first_one(visit: Visit) -> None:
    place = "20260101T000000000000~-99999999999~x"
    assert visit("anna").get("/services/administration/verlauf/", {"vor": place}).status_code == 200


@pytest.mark.parametrize("query", ["ab=%00~%00", "suche=K%00", "bis=%00"])
def test_a_nul_in_a_query_is_no_accident(visit: Visit, query: str) -> None:
    assert visit("anna").get(f"/cockpit/vermittlerpost/?{query}").status_code == 200
