"""DATABASE_URL says where the database is, and how to speak to it."""

from typing import Any

import pytest
from pydantic import SecretStr

from vermittlerpost.config import settings as product


@pytest.fixture
def database_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def read(url: str) -> dict[str, object]:
        environment = product.ENVIRONMENT.model_copy(update={"database_url": SecretStr(url)})
        monkeypatch.setattr(product, "ENVIRONMENT", environment)
        return product._database()

    return read


def test_what_an_address_asks_of_the_connection_reaches_the_driver(database_at: Any) -> None:
    found = database_at(
        "postgresql://vp:ge%40heim@db.example:5433/post?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    )
    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    assert (found["NAME"], found["PASSWORD"], found["PORT"]) == ("post", "ge@heim", "5433")


def test_an_address_without_a_query_asks_for_nothing(database_at: Any) -> None:
    assert database_at("postgresql://vp@db.example/post")["OPTIONS"] == {}
