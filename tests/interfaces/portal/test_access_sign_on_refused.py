"""What comes back from the identity provider is believed only if it is whole, signed, and meant for this login."""

import pytest
import requests
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.identity_provider import Provider, private_key
from tests.interfaces.portal.access_steps import text_of
from tests.interfaces.portal.sign_on_steps import HEDDA, ask, asked, is_at_work, sign_on, trust, way_back

from vermittlerpost.agencies import queries


@pytest.mark.parametrize(
    "said",
    [
        {"nonce": "a nonce of another login"},
        {"nonce": None},
        {"aud": "another application"},
        {"aud": ["vermittlerpost", "another application"], "azp": "another application"},
        {"iss": "http://127.0.0.1:1"},
        {"iat": 1_700_000_000, "exp": 1_700_000_300},
        {"exp": None},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_meant_for_this_login_is_refused(
    client: Client, provider: Provider, said: dict[str, object]
) -> None:
    provider.said = said
    answer = sign_on(client)
    assert answer.status_code == 400
    assert "Die Anmeldung ist gescheitert" in text_of(answer)
    assert not is_at_work(client)
    assert queries.user(HEDDA).identity == ""


def test_an_id_token_that_the_provider_did_not_sign_is_refused(client: Client, provider: Provider) -> None:
    shared = "das Geheimnis der Anwendung, lang genug für HS256"
    for provider.signed_with, provider.algorithm in (
        (private_key("somebody else's"), "RS256"),
        (shared, "HS256"),
        (None, "none"),
    ):
        assert sign_on(client).status_code == 400
        assert not is_at_work(client)


def test_what_is_told_besides_must_be_about_the_same_person(client: Client, provider: Provider) -> None:
    provider.said = {"preferred_username": None}
    provider.told = {"sub": "s-2", "preferred_username": HEDDA}
    assert sign_on(client).status_code == 400
    provider.told = {"sub": "s-1"}
    assert sign_on(client).status_code == 400  # names no login id


def test_a_way_back_is_gone_once_and_in_the_same_browser(client: Client, provider: Provider) -> None:
    back = way_back(ask(client))
    other = Client().get(back)
    assert (other.status_code, "gilt nicht mehr" in text_of(other)) == (400, True)
    assert client.get(back).status_code == 302
    again = Client()
    again.cookies = client.cookies
    assert again.get(back).status_code == 400
    assert client.get(reverse("sign_on_return")).status_code == 400


def test_a_code_of_another_login_is_of_no_use(client: Client, provider: Provider) -> None:
    stolen = asked(way_back(ask(Client())))["code"]
    mine = asked(way_back(ask(client)))
    assert client.get(reverse("sign_on_return"), mine | {"code": stolen}).status_code == 400
    assert not is_at_work(client)


def test_who_cancels_reads_so(client: Client, provider: Provider) -> None:
    provider.cancelled_with = "access_denied"
    answer = sign_on(client)
    assert (answer.status_code, "Anmeldung abgebrochen" in text_of(answer)) == (200, True)
    provider.cancelled_with = "server_error"
    assert sign_on(client).status_code == 400


def test_a_provider_that_is_away_is_said(client: Client, provider: Provider, settings: LazySettings) -> None:
    provider.configuration = {"jwks_uri": "http://127.0.0.1:1/keys"}
    assert sign_on(client).status_code == 503
    cache.clear()
    back = way_back(ask(client))
    trust(settings, provider, oidc_issuer="http://127.0.0.1:1")
    assert client.get(back).status_code == 503
    answer = client.get(reverse("sign_on"))
    assert (answer.status_code, "antwortet nicht" in text_of(answer)) == (503, True)


def test_a_provider_that_calls_itself_differently_is_not_asked(client: Client, provider: Provider) -> None:
    for provider.configuration in ({"issuer": "https://login.example"}, {"token_endpoint": None}):
        cache.clear()
        assert client.get(reverse("sign_on")).status_code == 400


def test_a_provider_answers_as_strictly_as_one(provider: Provider) -> None:
    wrong = {"code": "x", "code_verifier": "y", "client_id": "z", "client_secret": "", "redirect_uri": ""}
    assert requests.post(f"{provider.url}/token", wrong, timeout=5).status_code == 400
