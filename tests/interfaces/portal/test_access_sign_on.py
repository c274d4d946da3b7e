"""Staff come in from the insurer's identity provider, and nobody else does."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.identity_provider import Provider
from tests.interfaces.portal.access_steps import give_password, is_in, log_in, set_up_app, text_of, visitor
from tests.interfaces.portal.sign_on_steps import HEDDA, ask, asked, button, is_at_work, sign_on, trust, way_back

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.notifications.models import Mail

pytestmark = pytest.mark.usefixtures("colleague")


def test_without_a_provider_there_is_neither_button_nor_way(client: Client) -> None:
    assert button(client) is None
    assert {client.get(reverse(name)).status_code for name in ("sign_on", "sign_on_return")} == {404}


def test_staff_come_in_and_are_where_they_belong(client: Client, provider: Provider) -> None:
    assert button(client) == reverse("sign_on")
    answer = sign_on(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk"))
    assert is_at_work(client)
    assert not is_in(client)
    assert queries.user(HEDDA).identity == f"{provider.url} s-1"


def test_the_provider_is_asked_for_no_more_than_was_agreed(client: Client, provider: Provider) -> None:
    said = asked(ask(client, scope="admin", auth_params="prompt=none", process="connect"))
    assert set(said["scope"].split()) == {"openid", "profile", "email"}
    assert said["redirect_uri"] == f"http://127.0.0.1:8000{reverse('sign_on_return')}"
    assert len(said["nonce"]) >= 32
    assert "prompt" not in said


def test_one_returns_to_where_one_was(client: Client, provider: Provider) -> None:
    wanted = client.get(reverse("processes")).headers["Location"]
    where = button(client, next=wanted.split("next=")[1])
    assert where == f"{reverse('sign_on')}?next=%2Finnendienst%2Fprozesse%2F"
    assert sign_on(client, next=reverse("processes")).headers["Location"] == reverse("processes")


def test_nobody_is_sent_elsewhere_after_the_login(client: Client, provider: Provider) -> None:
    assert sign_on(client, next="https://evil.example/").headers["Location"] == reverse("desk")


def test_a_claim_that_the_token_lacks_is_asked_for(client: Client, provider: Provider, settings: LazySettings) -> None:
    provider.said = {"preferred_username": None}
    assert sign_on(client).status_code == 302
    assert "/userinfo" in provider.asked


def test_another_claim_may_name_the_login_id(client: Client, provider: Provider, settings: LazySettings) -> None:
    trust(settings, provider, oidc_login_claim="email")
    provider.said = {"email": "HEDDA", "email_verified": False}
    assert sign_on(client).status_code == 400
    provider.said = {"email": "HEDDA", "email_verified": True}
    assert sign_on(client).status_code == 302


@pytest.mark.parametrize("login_id", ["niemand", cast.ANNA, cast.FRIDA, cast.ROBOT])
def test_who_is_not_of_the_staff_reads_why_and_stays_out(client: Client, provider: Provider, login_id: str) -> None:
    provider.person = {"sub": "s-9", "preferred_username": login_id}
    answer = sign_on(client)
    assert answer.status_code == 403
    assert f"Im Innendienst gibt es kein Konto {login_id}." in text_of(answer)
    assert not is_at_work(client)
    assert not is_in(client)


def test_who_is_deactivated_reads_it_and_is_out_at_once(client: Client, provider: Provider) -> None:
    sign_on(client)
    agencies.deactivate_staff(HEDDA, by="operator")
    assert not is_at_work(client)
    answer = sign_on(Client())
    assert (answer.status_code, "Das Konto hedda ist deaktiviert." in text_of(answer)) == (403, True)


def test_who_is_untied_is_out_at_once(client: Client, provider: Provider) -> None:
    sign_on(client)
    agencies.untie_staff(HEDDA, by="operator")
    assert not is_at_work(client)


def test_without_its_provider_a_session_is_over(client: Client, provider: Provider, settings: LazySettings) -> None:
    sign_on(client)
    trust(settings, provider, oidc_issuer="")
    assert not is_at_work(client)


def test_the_provider_answers_for_the_second_factor(client: Client, provider: Provider, settings: LazySettings) -> None:
    with_app = visitor(HEDDA)
    set_up_app(with_app)
    assert sign_on(client).headers["Location"] == reverse("desk")
    by_password = Client()
    assert log_in(by_password, HEDDA).headers["Location"] == reverse("mfa_authenticate")
    trust(settings, provider, environment="production")
    assert is_at_work(client)


def test_in_production_a_password_still_needs_a_second_factor(provider: Provider, settings: LazySettings) -> None:
    by_password, by_provider = visitor(HEDDA), Client()
    sign_on(by_provider)
    trust(settings, provider, environment="production")
    assert (is_at_work(by_password), is_at_work(by_provider)) == (False, True)


def test_a_password_is_of_use_beside_the_provider_until_it_is_switched_off(
    provider: Provider, settings: LazySettings
) -> None:
    by_password, by_provider = visitor(HEDDA), Client()
    sign_on(by_provider)
    trust(settings, provider, oidc_only=True)
    assert (is_at_work(by_password), is_at_work(by_provider)) == (False, True)
    answer = log_in(Client(), HEDDA)
    assert (answer.status_code, "passen nicht zusammen" in text_of(answer)) == (200, True)
    give_password(cast.ANNA)
    anna = Client()
    assert log_in(anna, cast.ANNA).status_code == 302
    assert is_in(anna)


def test_where_passwords_are_of_no_use_none_is_offered(
    client: Client, provider: Provider, settings: LazySettings
) -> None:
    give_password(HEDDA)
    asked_for = {"login": HEDDA, "email": "hedda@nordlicht.example"}
    trust(settings, provider, oidc_only=True)
    client.post(reverse("password_forgotten"), asked_for)
    assert not Mail.objects.filter(message="password_reset").exists()
    cache.clear()
    trust(settings, provider, oidc_only=False)
    client.post(reverse("password_forgotten"), asked_for)
    assert Mail.objects.filter(message="password_reset").count() == 1


def test_only_the_provider_without_a_provider_shuts_nobody_out(settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"oidc_only": True})
    assert is_at_work(visitor(HEDDA))


def test_one_logs_out_here(client: Client, provider: Provider) -> None:
    sign_on(client)
    assert "Sie sind abgemeldet." in text_of(client.post(reverse("account_logout"), follow=True))
    assert not is_at_work(client)


def test_the_session_is_a_new_one_and_stands_in_the_list(client: Client, provider: Provider) -> None:
    back = way_back(ask(client))
    before = client.cookies["vermittlerpost"].value
    client.get(back)
    assert client.cookies["vermittlerpost"].value != before
    assert client.get(reverse("usersessions_list")).status_code == 200


def test_an_intermediary_who_is_logged_in_does_not_become_staff_by_the_button(provider: Provider) -> None:
    give_password(cast.ANNA)
    anna = Client()
    log_in(anna, cast.ANNA)
    provider.person = {"sub": "s-9", "preferred_username": cast.ANNA}
    assert sign_on(anna).status_code == 403
    assert is_in(anna)
    assert queries.user(cast.ANNA).identity == ""


def test_the_page_about_ones_access_offers_no_password_to_whom_the_provider_answers_for(
    client: Client, provider: Provider
) -> None:
    sign_on(client)
    page = client.get(reverse("desk_access"))
    assert "mit dem Firmenkonto angemeldet" in text_of(page)
    assert reverse("account_change_password") not in page.content.decode()


def test_the_configuration_is_not_asked_for_by_everybody_who_begins(provider: Provider) -> None:
    for _ in range(3):
        ask(Client())
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_the_way_begins_with_a_link_and_ends_with_an_address(client: Client, provider: Provider) -> None:
    for name in ("sign_on", "sign_on_return"):
        assert client.post(reverse(name)).status_code == 405
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/social/signup/", "/anmelden/social/signup/", "/3rdparty/", "/oidc/sign_on/login/"]
)
def test_pages_of_the_library_do_not_exist(client: Client, provider: Provider, address: str) -> None:
    assert client.get(address).status_code == 404
