"""Firms, agencies and staff are created and changed in the browser, by the rules of the files."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.notifications.models import Mail

Work = Callable[[str], Client]
ADMINISTRATOR = "administrator"

OFFICE = {
    "number": "6000",
    "parent": "",
    "name": "Agentur Lübeck",
    "street": "Holstenstraße 1",
    "postcode": "23552",
    "city": "Lübeck",
    "state": "DE-SH",
    "electronic_from": "2026-05-01",
    "electronic_until": "",
    "contact_name": "Jördis Ackermann",
    "contact_email": "j.ackermann@nordlicht.example",
    "contact_phone": "0431 5550-120",
}


def test_a_firm_and_its_agency_are_created_and_changed(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    firm = {"id": "F-NEU", "name": "Maklerei Neu", "self_service": "no"}
    answer = administrator.post(reverse("firm_create"), firm)
    assert answer.headers["Location"] == reverse("firm", args=["F-NEU"])
    administrator.post(reverse("firm_edit", args=["F-NEU"]), firm | {"name": "Maklerei Alt", "self_service": "yes"})
    assert (agencies.known_firms(["F-NEU"])["F-NEU"].name, agencies.known_firms(["F-NEU"])["F-NEU"].self_service) == (
        "Maklerei Alt",
        True,
    )
    administrator.post(reverse("agency_create", args=["F-NEU"]), OFFICE)
    created = agencies.known_agencies(["6000"])["6000"]
    assert (created.firm_id, created.state, created.lineage) == ("F-NEU", "DE-SH", ["6000"])


def test_what_is_there_is_not_overwritten_by_creating_it_again(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    page = administrator.post(
        reverse("firm_create"), {"id": cast.BRUECKNER, "name": "Gekapert", "self_service": "no"}
    ).content.decode()
    assert "Diese Kennung ist schon vergeben." in page
    page = administrator.post(
        reverse("agency_create", args=[cast.OSTERTAG]), OFFICE | {"number": cast.BONN}
    ).content.decode()
    assert "Diese Agenturnummer ist schon vergeben." in page
    assert agencies.known_agencies([cast.BONN])[cast.BONN].firm_id == cast.BRUECKNER


def test_the_insurers_own_firm_is_not_changed_as_one_of_the_others(work: Work) -> None:
    work(ADMINISTRATOR).post(reverse("firm_edit", args=["innendienst"]), {"name": "Gekapert", "self_service": "yes"})
    assert agencies.known_firms(["innendienst"])["innendienst"].name == "Innendienst"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"postcode": "2355"}, "Eine Postleitzahl aus fünf Ziffern."),
        ({"electronic_from": "2026-02-30"}, "Ein Tag, den es gibt"),
        ({"electronic_until": "2026-04-30"}, "darf nicht vor ihrem Beginn"),
        ({"number": "6 000"}, "1 bis 17 Buchstaben und Ziffern"),
        ({"parent": "9999"}, "Die Stammagentur ist nicht bekannt."),
        ({"parent": cast.BONN}, "Die Stammagentur gehört einer anderen Firma."),
        ({"parent": "6000"}, "nicht ihre eigene Stammagentur"),
    ],
)
def test_an_agency_is_refused_for_what_a_file_is_refused_for(work: Work, fields: dict[str, str], said: str) -> None:
    page = work(ADMINISTRATOR).post(reverse("agency_create", args=[cast.OSTERTAG]), OFFICE | fields).content.decode()
    assert said in page
    assert 'value="Holstenstraße 1"' in page
    assert not agencies.known_agencies(["6000", "6 000"])


NORA = {"login_id": "nora", "name": "Nora Neu", "email": "nora@nordlicht.example", "roles": ["print", "editor"]}


def test_somebody_is_created_and_invited_and_invited_again(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    administrator.post(reverse("staff_create"), NORA)
    nora = agencies.user("nora")
    assert nora.roles == ["editor", "print"]
    administrator.post(reverse("staff_invite", args=["nora"]))
    assert [mail.message for mail in Mail.objects.filter(user=nora)] == ["invitation", "invitation"]


def test_a_taken_login_id_and_no_role_are_said_beside_what_was_typed(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    page = administrator.post(reverse("staff_create"), NORA | {"login_id": "Hedda"}).content.decode()
    assert "Diese Benutzerkennung ist schon vergeben." in page
    assert 'value="Nora Neu"' in page
    assert "Ohne Rolle" in administrator.post(reverse("staff_create"), NORA | {"roles": []}).content.decode()


def test_roles_hold_from_the_next_click_on(work: Work) -> None:
    hedda = work(HEDDA)
    assert hedda.get(reverse("clarifications")).status_code == 200
    work(ADMINISTRATOR).post(reverse("staff_person", args=[HEDDA]), {"roles": ["editor"]})
    assert hedda.get(reverse("clarifications")).status_code == 403
    assert hedda.get(reverse("articles")).status_code == 200


def test_who_is_deactivated_is_out_at_once(work: Work) -> None:
    hedda = work(HEDDA)
    work(ADMINISTRATOR).post(reverse("staff_deactivate", args=[HEDDA]))
    assert hedda.get(reverse("desk")).headers["Location"].startswith("/anmelden/")


def test_the_last_administrator_stays(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    page = administrator.post(reverse("staff_person", args=[ADMINISTRATOR]), {"roles": ["auditor"]}).content.decode()
    assert "der letzte Administrator" in page
    administrator.post(reverse("staff_deactivate", args=[ADMINISTRATOR]))
    assert (agencies.user(ADMINISTRATOR).roles, agencies.user(ADMINISTRATOR).is_active) == (["administrator"], True)


def test_an_intermediary_is_nobody_of_the_staff(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    assert administrator.get(reverse("staff_person", args=[cast.ANNA])).status_code == 404
    assert administrator.post(reverse("staff_deactivate", args=[cast.ANNA])).status_code == 404
    assert agencies.user(cast.ANNA).is_active


def test_who_saves_what_somebody_else_changed_meanwhile_is_told_what_and_may_save_it_again(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    address = reverse("agency", args=[cast.BONN])
    shown = administrator.get(address).context["form"]
    typed = {**shown.initial, "contact_phone": "0228 111", "seen": shown.seen}
    cast.change_agency(cast.BONN, electronic_until=date(2026, 6, 30))
    answer = administrator.post(address, typed)
    page = answer.content.decode()
    assert "Inzwischen ist diese Zeile anders gespeichert worden." in page
    assert "2026-06-30" in page
    assert agencies.known_agencies([cast.BONN])[cast.BONN].electronic_until == date(2026, 6, 30)
    administrator.post(address, typed | {"seen": answer.context["form"].seen})
    saved = agencies.known_agencies([cast.BONN])[cast.BONN]
    assert (saved.contact_phone, saved.electronic_until) == ("0228 111", None)
