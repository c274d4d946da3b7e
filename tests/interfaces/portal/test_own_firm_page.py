"""Services » Administration » Einstellungen der Firma: self-service and the second factor, as the firm wants them."""

import html
from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.cast import ANNA, BERND, BRUECKNER, OLGA
from tests.interfaces.portal.access_steps import is_in, log_in, set_up_app, totp, visitor

from vermittlerpost.agencies import actions, queries
from vermittlerpost.journal import queries as journal
from vermittlerpost.notifications import actions as notifications

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
PAGE = "/services/administration/firma/"


def chosen(firm: str = BRUECKNER) -> tuple[bool, bool]:
    found = queries.known_firms([firm])[firm]
    return found.self_service, found.second_factor


def save(client: Client, *names: str) -> str:
    answer = client.post(PAGE, dict.fromkeys(names, "on"), follow=True)
    return html.unescape(answer.content.decode())


def test_it_is_found_in_the_administration_and_is_for_administrators(visit: Visit) -> None:
    assert PAGE in visit(ANNA).get("/services/administration/").content.decode()
    assert visit(ANNA).get(PAGE).status_code == 200
    assert visit(BERND).get(PAGE).status_code == 403


def test_an_administrator_lets_his_people_choose_for_themselves_m4(visit: Visit) -> None:
    assert not notifications.may_choose(queries.user(BERND), BERND)
    anna = visit(ANNA)
    assert "gilt ab sofort" in save(anna, "self_service")
    assert chosen() == (True, False)
    assert notifications.may_choose(queries.user(BERND), BERND)
    assert "checked" in anna.get(PAGE).content.decode()
    assert "Sie haben nichts geändert" in save(anna, "self_service")
    save(anna)
    assert chosen() == (False, False)


def test_it_changes_ones_own_firm_alone_and_is_journalled(visit: Visit) -> None:
    before = chosen(cast.OSTERTAG)
    save(visit(ANNA), "self_service")
    assert chosen(cast.OSTERTAG) == before
    entry = journal.about(f"firm:{BRUECKNER}").filter(actor=ANNA).get()
    assert (entry.data["before"], entry.data["after"]) == ({"self_service": False}, {"self_service": True})


def test_who_is_no_administrator_any_more_chooses_nothing() -> None:
    with pytest.raises(actions.NotYourFirm):
        actions.set_firm_access(self_service=True, second_factor=False, by=BERND)
    actions.set_firm_access(self_service=False, second_factor=True, by=OLGA)
    assert (chosen(), chosen(cast.OSTERTAG)) == ((False, False), (False, True))


def test_who_demands_a_second_factor_sets_up_his_own_at_once_and_is_not_locked_out() -> None:
    cache.clear()
    anna = visitor(ANNA)
    answer = anna.post(PAGE, {"second_factor": "on"}, follow=True)
    assert chosen() == (False, True)
    assert answer.request["PATH_INFO"] == reverse("second_factor_required")
    set_up_app(anna)
    assert is_in(anna)
    assert anna.get(PAGE).status_code == 200


def test_everybody_else_is_led_through_at_his_next_login_and_asked_for_it_from_then_on() -> None:
    cache.clear()
    actions.set_firm_access(self_service=False, second_factor=True, by=ANNA)
    bernd = visitor(BERND)
    answer = bernd.get(reverse("overview"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("second_factor_required")
    secret = set_up_app(bernd)
    assert is_in(bernd)
    again = Client()
    assert log_in(again, BERND).headers["Location"] == reverse("mfa_authenticate")
    again.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert is_in(again)
