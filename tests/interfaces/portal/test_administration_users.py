"""Services » Administration » Benutzer: create, change, deactivate, invite, in two steps and without overwriting."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, BERND, BONN, CARLA, DORA, GREGOR, KOELN, OLGA, ROBOT

from vermittlerpost.agencies import queries
from vermittlerpost.agencies.queries import Account

pytestmark = pytest.mark.usefixtures("stage")

Visit: TypeAlias = Callable[[str], Client]
LIST = "/services/administration/"
NEW = f"{LIST}benutzer-anlegen/"


def of(login_id: str, action: str = "") -> str:
    return f"{LIST}benutzer/{login_id}/{action}"


def form(login_id: str, **fields: Any) -> dict[str, Any]:
    """Return what a user's form sends if nothing but these fields is changed."""
    user = queries.user(login_id)
    data: dict[str, Any] = {
        "name": user.name,
        "email": user.email,
        "rights": user.rights,
        "scope": "zugeordnet" if user.restricted else "alle",
        "agencies": [agency.number for agency in user.assigned_agencies.all()],
        "version": user.version,
    }
    data |= {"administrator": "on"} if user.administrator else {}
    data |= {"technical": "on"} if user.technical else {}
    return {name: value for name, value in {**data, **fields}.items() if value is not None}


def save(client: Client, url: str, data: dict[str, Any]) -> str:
    return client.post(url, {**data, "schritt": "speichern"}, follow=True).content.decode()


def token(client: Client) -> str:
    found = re.search(r'name="kennung" value="([^"]+)"', client.get(NEW).content.decode())
    assert found
    return found[1]


def new(client: Client, **fields: Any) -> dict[str, Any]:
    data = {"kennung": token(client), "name": "Nina Östlund", "email": "nina@brueckner.example", "scope": "alle"}
    return {**data, "rights": ["basic", "view_portfolio"], "version": 0, **fields}


def nina() -> Account:
    return queries.users_of(cast.BRUECKNER).get(name="Nina Östlund")


def test_the_profile_carries_data_rights_scope_and_switches_m5(visit: Visit) -> None:
    shown = visit(ANNA).get(of(CARLA)).content.decode()
    assert "Services" in shown
    for words in ("E-Mail-Benachrichtigungen", "Wichtige Schreiben", "Rechte", "Bestandssicht", "Deaktivieren"):
        assert words in shown
    assert re.search(r'value="4710"\s+checked', shown)
    assert not re.search(r'value="4711"\s+checked', shown)


@pytest.mark.parametrize("login_id", [OLGA, "nobody"])
@pytest.mark.parametrize("action", ["", "mitteilungen/"])
def test_another_firms_user_and_an_unknown_one_are_the_same_404_r8(visit: Visit, login_id: str, action: str) -> None:
    assert visit(ANNA).get(of(login_id, action)).status_code == 404


@pytest.mark.parametrize("action", ["deaktivieren/", "reaktivieren/", "einladung/", "zweiter-faktor/"])
def test_nothing_is_done_to_another_firms_user_r8(visit: Visit, action: str) -> None:
    assert visit(ANNA).post(of(OLGA, action), {"version": 0, "schritt": "speichern"}).status_code == 404
    assert queries.user(OLGA).is_active


def test_a_mover_reads_before_saving_what_he_sees_and_is_mailed_about_b13(visit: Visit) -> None:
    data = form(BERND, scope="zugeordnet", agencies=[BONN])
    shown = visit(ANNA).post(of(BERND), data).content.decode()
    assert "Noch ist nichts gespeichert" in shown
    assert "Nicht mehr sichtbar" in shown
    assert "4700 Agentur Köln" in shown
    assert "Ja (Vorbelegung)" in shown
    assert not queries.user(BERND).restricted
    save(visit(ANNA), of(BERND), data)
    assert queries.user(BERND).restricted


def test_what_was_typed_goes_along_and_is_there_again_when_one_goes_back(visit: Visit) -> None:
    data = form(BERND, name="Bernd Ährenfeld", scope="zugeordnet", agencies=[BONN, KOELN])
    shown = visit(ANNA).post(of(BERND), data).content.decode()
    assert '<input type="hidden" name="name" value="Bernd Ährenfeld">' in shown
    assert shown.count('type="hidden" name="agencies"') == 2
    again = visit(ANNA).post(of(BERND), {**data, "schritt": "aendern"}).content.decode()
    assert 'value="Bernd Ährenfeld"' in again
    assert re.search(r'value="4710"\s+checked', again)


def test_what_is_wrong_is_said_beside_the_field_and_stays_typed(visit: Visit) -> None:
    shown = save(visit(ANNA), of(BERND), form(BERND, email="bernd(at)brueckner", scope="zugeordnet"))
    assert "Bitte prüfen Sie Ihre Angaben" in shown
    assert "bernd(at)brueckner" in shown
    assert "Ordnen Sie mindestens eine Agentur zu" in shown


def test_another_firms_agency_is_no_choice(visit: Visit) -> None:
    save(visit(ANNA), of(BERND), form(BERND, scope="zugeordnet", agencies=[cast.HAMBURG]))
    assert not queries.user(BERND).restricted


def test_two_administrators_at_once_see_both_values_and_nothing_is_saved(visit: Visit) -> None:
    seen = form(BERND, administrator="on")
    save(visit(GREGOR), of(BERND), form(BERND, name="Bernd Neu"))
    answer = visit(ANNA).post(of(BERND), {**seen, "schritt": "speichern"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "inzwischen von jemand anderem geändert" in shown
    assert "Bernd Neu" in shown
    assert not queries.user(BERND).administrator
    assert re.search(r'name="version" value="1"', shown)


def test_after_a_conflict_saving_once_more_is_a_decision(visit: Visit) -> None:
    cast.change_user(BERND, name="Bernd Neu")
    save(visit(ANNA), of(BERND), form(BERND, name="Bernd"))
    assert queries.user(BERND).name == "Bernd"


def test_another_administrator_may_be_edited_and_demoted(visit: Visit) -> None:
    save(visit(ANNA), of(GREGOR), form(GREGOR, administrator=None))
    assert not queries.user(GREGOR).administrator


def test_the_last_administrator_cannot_demote_or_deactivate_himself(visit: Visit) -> None:
    for login_id in (cast.EMIL, GREGOR):
        cast.change_user(login_id, administrator=False)
    anna = visit(ANNA)
    assert "keinen aktiven Administrator mehr" in save(anna, of(ANNA), form(ANNA, administrator=None))
    assert "keinen aktiven Administrator mehr" in save(anna, of(ANNA, "deaktivieren/"), {"version": 0})
    assert queries.administrator(ANNA)


def test_who_gives_the_role_away_lands_in_his_profile(visit: Visit) -> None:
    cast.choose(ANNA, "urgent_reminders", wanted=True)
    answer = visit(ANNA).post(of(ANNA), {**form(ANNA, administrator=None), "schritt": "speichern"})
    assert answer.headers["Location"] == "/services/mein-profil/"


def test_ones_own_view_and_address_are_not_changed_here(visit: Visit) -> None:
    save(visit(ANNA), of(ANNA), form(ANNA, name="Anna B.", email="x@x.example", scope="zugeordnet", agencies=[BONN]))
    anna = queries.user(ANNA)
    assert (anna.name, anna.email, anna.restricted) == ("Anna B.", "anna@brueckner.example", False)


def test_a_leaver_is_deactivated_in_two_steps_with_the_gaps_he_leaves_b13(visit: Visit) -> None:
    gregor = visit(GREGOR)
    cast.choose(BERND, "urgent_reminders", wanted=True)
    shown = gregor.post(of(ANNA, "deaktivieren/"), {"version": 0}).content.decode()
    assert "Agentur 4700 (Agentur Köln) / Wichtige Schreiben bliebe ohne Empfänger" in shown
    assert "Eilige Erinnerungen bliebe ohne Empfänger" not in shown
    assert queries.user(ANNA).is_active
    anna = visit(ANNA)
    save(gregor, of(ANNA, "deaktivieren/"), {"version": 0})
    assert not queries.user(ANNA).is_active
    assert anna.get("/services/mein-profil/").status_code == 302  # at once


def test_who_returns_is_reactivated_and_sees_what_he_saw(visit: Visit) -> None:
    anna = visit(ANNA)
    save(anna, of(CARLA, "deaktivieren/"), {"version": 0})
    assert "Reaktivieren" in anna.get(of(CARLA)).content.decode()
    save(anna, of(CARLA, "reaktivieren/"), {"version": 1})
    assert queries.user(CARLA).is_active
    assert queries.user(CARLA).restricted


def test_a_joiner_is_shown_created_once_and_invited(visit: Visit) -> None:
    anna = visit(ANNA)
    data = new(anna, scope="zugeordnet", agencies=[BONN])
    shown = anna.post(NEW, data).content.decode()
    assert "Neu sichtbar" in shown
    assert not queries.users_of(cast.BRUECKNER).filter(name="Nina Östlund").exists()
    save(anna, NEW, data)
    save(anna, NEW, data)
    user = nina()
    assert re.fullmatch(r"vmp[a-hj-km-np-z2-9]{5}", user.login_id)
    assert user.invited_at is not None
    assert {agency.number for agency in queries.visible_to(user)} == cast.SCOPE[CARLA]


def test_who_has_no_address_is_created_and_it_is_said_that_nobody_was_invited(visit: Visit) -> None:
    anna = visit(ANNA)
    shown = save(anna, NEW, new(anna, email=""))
    assert "fehlt die E-Mail-Adresse" in shown
    assert nina().invited_at is None


def test_a_technical_user_is_created_without_invitation_and_cannot_be_an_administrator(visit: Visit) -> None:
    anna = visit(ANNA)
    assert "kann kein Administrator sein" in save(anna, NEW, new(anna, technical="on", administrator="on"))
    save(anna, NEW, new(anna, technical="on"))
    assert nina().technical


def test_a_login_id_that_was_made_up_creates_nobody(visit: Visit) -> None:
    anna = visit(ANNA)
    save(anna, NEW, new(anna, kennung="vmpboss1"))
    assert not queries.users_of(cast.BRUECKNER).filter(name="Nina Östlund").exists()


def test_an_invitation_is_sent_again(visit: Visit) -> None:
    assert "ist eingeladen" in save(visit(ANNA), of(BERND, "einladung/"), {})
    assert "fehlt die E-Mail-Adresse" in save(visit(ANNA), of(GREGOR, "einladung/"), {})
    assert "keine technischen" in save(visit(ANNA), of(ROBOT, "einladung/"), {})


def test_a_second_factor_is_reset_for_a_colleague(visit: Visit) -> None:
    Authenticator.objects.create(user=queries.user(BERND), type=Authenticator.Type.TOTP, data={"secret": "x"})
    save(visit(ANNA), of(BERND, "zweiter-faktor/"), {})
    assert not Authenticator.objects.filter(user=queries.user(BERND)).exists()
    assert "unter „Services“ » „Mein Profil“" in save(visit(ANNA), of(ANNA, "zweiter-faktor/"), {})


def test_a_change_of_scope_counts_in_the_next_run(visit: Visit) -> None:
    acts.register()
    save(visit(ANNA), of(DORA), form(DORA, agencies=[BONN]))
    acts.mornings(acts.REQUESTED)
    assert DORA in {login_id for login_id, _, _ in acts.mailed()}
