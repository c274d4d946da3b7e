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


@pytest.mark.parametrize("query", ["ab=%00", "suche=K%00", "nach=%00&bis=%00"])
def test_a_nul_in_a_query_is_passed_over(visit: Visit, query: str) -> None:
    assert visit("anna").get(f"/cockpit/vermittlerpost/?{query}").status_code == 200
