"""Administrators of the back office let colleagues back in, and settle what ties them to the identity provider."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pydantic import SecretStr
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import Identity
from vermittlerpost.notifications.models import Mail

Work = Callable[[str], Client]
ADMINISTRATOR = "administrator"
PASSWORD = "Ein-ganz-langes-Kennwort"
ISSUER = "https://login.example"
IDA = {"login_id": "ida", "name": "Ida Ihm", "email": "ida@nordlicht.example", "roles": ["editor"]}


@pytest.fixture
def only_by_provider(settings: LazySettings) -> None:
    provider = {"oidc_issuer": ISSUER, "oidc_client_id": "v", "oidc_client_secret": SecretStr("s"), "oidc_only": True}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=provider)


def page_of(client: Client, login_id: str) -> str:
    return client.get(reverse("staff_person", args=[login_id])).content.decode()


def logs_in(login_id: str) -> bool:
    answer: Any = Client().post(reverse("account_login"), {"login": login_id, "password": PASSWORD})
    return bool(answer.status_code == 302)


def test_who_was_deactivated_is_let_in_again(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    acts.give_password(HEDDA, PASSWORD)
    administrator.post(reverse("staff_deactivate", args=[HEDDA]))
    assert not logs_in(HEDDA)
    page = page_of(administrator, HEDDA)
    assert reverse("staff_reactivate", args=[HEDDA]) in page
    assert reverse("staff_deactivate", args=[HEDDA]) not in page
    answer = administrator.post(reverse("staff_reactivate", args=[HEDDA]), follow=True)
    assert "kann sich wieder anmelden" in answer.content.decode()
    assert reverse("staff_reactivate", args=[HEDDA]) not in answer.content.decode()
    assert logs_in(HEDDA)
    assert queries.user(HEDDA).roles == ["case_worker"]


def test_who_left_before_choosing_a_password_is_invited_once_he_is_back(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    administrator.post(reverse("staff_deactivate", args=[HEDDA]))
    assert reverse("staff_invite", args=[HEDDA]) not in page_of(administrator, HEDDA)
    administrator.post(reverse("staff_reactivate", args=[HEDDA]))
    assert reverse("staff_invite", args=[HEDDA]) in page_of(administrator, HEDDA)


@pytest.mark.parametrize("name", ["staff_reactivate", "staff_untie"])
def test_an_intermediary_is_nobody_here(work: Work, name: str) -> None:
    assert work(ADMINISTRATOR).post(reverse(name, args=[cast.FRIDA])).status_code == 404
    assert not queries.user(cast.FRIDA).is_active


def test_what_ties_somebody_to_the_provider_is_settled(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    assert "Verknüpfung lösen" not in page_of(administrator, HEDDA)
    agencies.sign_on(Identity(issuer=ISSUER, subject="s-1", login_id=HEDDA))
    assert "Verknüpfung lösen" in page_of(administrator, HEDDA)
    administrator.post(reverse("staff_untie", args=[HEDDA]))
    assert queries.user(HEDDA).identity == ""


def test_beside_the_provider_new_colleagues_are_invited(work: Work) -> None:
    work(ADMINISTRATOR).post(reverse("staff_create"), IDA)
    assert Mail.objects.filter(message="invitation", user=queries.user("ida")).count() == 1


def test_where_only_the_provider_counts_nobody_is_invited(staff: None, only_by_provider: None) -> None:
    administrator = Client()
    agencies.sign_on(Identity(issuer=ISSUER, subject="s-0", login_id=ADMINISTRATOR))
    administrator.force_login(
        queries.user(ADMINISTRATOR), backend="vermittlerpost.interfaces.portal.access.backend.SignOnBackend"
    )
    assert "ein Kennwort gibt es hier nicht" in administrator.get(reverse("staff_create")).content.decode()
    answer = administrator.post(reverse("staff_create"), IDA, follow=True)
    assert "Ida Ihm ist angelegt; kann sich anmelden." in answer.content.decode()
    assert "noch nicht angemeldet" in answer.content.decode()
    assert not Mail.objects.exists()
    assert reverse("staff_invite", args=["ida"]) not in page_of(administrator, "ida")


def test_where_only_the_provider_counts_a_password_opens_no_page(work: Work, only_by_provider: None) -> None:
    assert work(ADMINISTRATOR).get(reverse("desk")).headers["Location"].startswith("/anmelden/")
