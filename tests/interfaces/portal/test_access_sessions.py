"""Where one is logged in: shown, ended by the user, and over at once when he may not stay."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.portal.access_steps import give_password, is_in, log_in, text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage")]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def browsers(login_id: str, *agents: str) -> list[Client]:
    give_password(login_id)
    clients = [Client(headers={"User-Agent": agent}) for agent in agents]
    for client in clients:
        log_in(client, login_id)
    return clients


def test_the_list_shows_where_one_is_logged_in_this_session_first() -> None:
    here, _ = browsers(cast.ANNA, SAFARI, FIREFOX)
    page = text_of(here.get(reverse("usersessions_list")))
    assert page.index("Safari · iPhone") < page.index("diese Sitzung") < page.index("Firefox · Windows")


def test_one_ends_another_session() -> None:
    here, there = browsers(cast.ANNA, SAFARI, FIREFOX)
    row = UserSession.objects.get(user_agent=FIREFOX)
    answer = here.post(reverse("session_end", args=[row.pk]), follow=True)
    assert "Die Sitzung ist beendet." in text_of(answer)
    assert (is_in(here), is_in(there)) == (True, False)


def test_one_ends_all_other_sessions() -> None:
    here, *others = browsers(cast.ANNA, SAFARI, FIREFOX, "curl/8")
    here.post(reverse("sessions_end_others"))
    assert is_in(here)
    assert not any(map(is_in, others))


def test_another_users_session_is_as_unknown_as_one_that_does_not_exist() -> None:
    (stranger,) = browsers(cast.OLGA, FIREFOX)
    here = visitor(cast.ANNA)
    row = UserSession.objects.get(user_agent=FIREFOX)
    assert here.post(reverse("session_end", args=[row.pk])).status_code == 404
    assert here.post(reverse("session_end", args=[row.pk + 1000])).status_code == 404
    assert is_in(stranger)


def test_a_session_ends_by_post_only() -> None:
    here = visitor(cast.ANNA)
    row = UserSession.objects.get()
    assert here.get(reverse("session_end", args=[row.pk])).status_code == 405
    assert here.get(reverse("sessions_end_others")).status_code == 405


@pytest.mark.parametrize("change", [{"active": False}, {"technical": True}])
def test_whoever_may_not_stay_is_out_with_his_next_click(change: dict[str, bool]) -> None:
    here = visitor(cast.BERND)
    assert is_in(here)
    cast.change_user(cast.BERND, **change)
    assert not is_in(here)
    assert here.post(reverse("sessions_end_others")).headers["Location"].startswith("/anmelden/")


def test_that_a_session_is_used_is_not_written_down_with_every_page() -> None:
    here = visitor(cast.ANNA)
    is_in(here)
    seen = UserSession.objects.get().last_seen_at
    is_in(here)
    assert UserSession.objects.get().last_seen_at == seen
