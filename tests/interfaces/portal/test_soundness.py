"""Addresses at which nothing can lie are answered as if nothing lay there."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("stage")

Visit = Callable[[str], Client]


@pytest.mark.parametrize(
    "address",
    ["/cockpit/vorgaenge/%00/", "/cockpit/vermittlerpost/a%00b/", "/cockpit/vermittlerpost/?ab=%00", "/%00"],
)
def test_a_nul_in_an_address_is_found_nowhere(visit: Visit, address: str) -> None:
    assert visit("anna").get(address).status_code == 404
