"""The watchdog's effect (B8): administrators are mailed about what their software leaves lying, once, and no more."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import actions as masters
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock

MESSAGE = "uncollected_shipments"


@pytest.fixture
def letters(stage: None) -> None:
    """Let two vehicles be reminded in Bonn; only reminders are urgent."""
    acts.register()
    acts.confirm("NL00001")
    acts.register("Z-2", evb="NL00001", plate="K-WB 2", vin="")
    acts.mornings(acts.REQUESTED, acts.REMINDED)


def warned(home: Path, at: str) -> list[EmailMessage]:
    """Let the house look at a moment, and return the warnings that have left so far."""
    with clock.turned_to(moment(at)):
        rounds.watch_pickups()
        rounds.post()
    return [mail for mail in acts.mails_in(home) if "nicht abgeholt" in mail["Subject"]]


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


@pytest.mark.usefixtures("letters")
class TestUncollected:
    def test_every_administrator_with_an_address_is_warned_once(self, home: Path) -> None:
        assert warned(home, "2026-03-04 06:59") == []
        mails = warned(home, "2026-03-04 07:01")
        assert {mail["To"] for mail in mails} == {"anna@brueckner.example", "emil@brueckner.example"}
        assert len(warned(home, "2026-03-04 07:02")) == len(mails) == 2

    def test_the_warning_names_number_agency_and_oldest_and_where_to_look(self, home: Path) -> None:
        (mail, _) = warned(home, "2026-03-04 07:01")
        assert mail["Subject"] == "Eilige Schreiben nicht abgeholt: 2 (Agentur 4710)"
        text = body(mail)
        assert "03.03.2026, 07:00 Uhr" in text
        assert "http://127.0.0.1:8000/services/bipro/" in text
        assert "Papier" not in text

    def test_it_says_nothing_about_customers(self, home: Path) -> None:
        (mail, _) = warned(home, "2026-03-04 07:01")
        for personal in (acts.PLATE, "K-WB", acts.POLICYHOLDER, acts.EVB, acts.VIN, acts.letter().id):
            assert personal not in mail.as_string()
            assert personal not in body(mail)

    def test_where_the_firm_wants_paper_the_warning_says_so(self, home: Path) -> None:
        masters.set_firm_software(cast.BRUECKNER, people_use_software=False, paper_if_uncollected=True, by="x")
        (mail, _) = warned(home, "2026-03-04 07:01")
        assert "gehen zusätzlich mit der Post" in body(mail)

    def test_an_address_that_is_none_does_not_keep_the_others_from_being_told(self, home: Path) -> None:
        cast.change_user(cast.EMIL, email="Emil <emil@brueckner.example>")
        assert [mail["To"] for mail in warned(home, "2026-03-04 07:01")] == ["anna@brueckner.example"]

    def test_a_firm_without_software_is_not_warned(self, home: Path) -> None:
        cast.change_user(cast.ROBOT, active=False)
        assert warned(home, "2026-03-04 07:01") == []
