"""The mail log: by login id or letter, with reasons, and without a single address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.backoffice.conftest import HEDDA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.backoffice.words import without_addresses
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.models import Mail, Unmailed

Work = Callable[[str], Client]


@pytest.fixture
def letter(staff: None) -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def log(client: Client, text: str = "") -> str:
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        return client.get(reverse("mail_log"), {"von": text}).content.decode()


def test_a_letter_names_everybody_in_scope_with_the_reason(letter: str, work: Work) -> None:
    page = log(work(HEDDA), letter.lower())
    assert "benachrichtigt" in page
    assert "steht auf Nein" in page
    assert cast.CARLA in page
    assert "@" not in page


def test_a_login_id_shows_what_was_sent_and_when(letter: str, work: Work) -> None:
    page = log(work(HEDDA), cast.ANNA)
    assert letter in page
    assert "gesendet 16.02.2026" in page
    assert "@" not in page


def test_a_login_id_shows_what_was_held_back_and_why(letter: str, work: Work) -> None:
    page = log(work(HEDDA), cast.BERND)
    assert "Keine Mail in dieser Zeit" in page
    assert "steht auf Nein" in page


def test_a_suppressed_address_is_told_without_naming_it(letter: str, work: Work) -> None:
    notifications.suppress("anna@brueckner.example", reason="550 <anna@brueckner.example>: unknown", by="system")
    page = log(work(HEDDA), cast.ANNA)
    assert "550 &lt;…&gt;: unknown" in page
    assert "@" not in page


def rows(client: Client, name: str, key: str, at: str = "2026-02-20 09:00", **asked: str) -> list[Any]:
    """Return all rows of one of the two lists, page after page."""
    found, behind = [], ""
    while True:
        with clock.turned_to(acts.moment(at)):
            context = client.get(reverse("mail_log"), {**asked, key: behind}).context
        found += [row["mail"] if name == "mails" else row["one"] for row in context[name]]
        behind = context["older" if name == "mails" else "untold_older"]
        if not behind:
            return found


def test_mails_are_listed_by_days_state_and_category(letter: str, work: Work) -> None:
    hedda = work(HEDDA)
    assert {one.user.login_id for one in rows(hedda, "mails", "vor")} == {cast.ANNA, cast.CARLA}
    assert rows(hedda, "mails", "vor", ab="2026-02-17") == []
    assert len(rows(hedda, "mails", "vor", ab="2026-02-16", bis="2026-02-16")) == 2
    assert len(rows(hedda, "mails", "vor", stand="sent", kategorie="important_letters")) == 2
    assert rows(hedda, "mails", "vor", stand="refused") == []
    assert rows(hedda, "mails", "vor", kategorie="urgent_reminders") == []
    assert rows(hedda, "mails", "vor", kategorie="invitation") == []
    assert "@" not in log(hedda)


def test_what_was_not_sent_is_listed_by_days_and_category_with_how_many_it_concerns(letter: str, work: Work) -> None:
    hedda = work(HEDDA)
    by_reason = {one.reason: len(one.users) for one in rows(hedda, "untold", "davor")}
    assert by_reason["preference"] == 1, "Bernd"
    assert rows(hedda, "untold", "davor", kategorie="urgent_reminders") == []
    assert rows(hedda, "untold", "davor", ab="2026-02-17") == []


def test_both_lists_of_a_user_are_paged_on_their_own(staff: None, work: Work) -> None:
    moments = [acts.moment("2026-02-16 07:00") + timedelta(minutes=minute // 2) for minute in range(120)]
    anna, bernd = (agencies.user(login_id) for login_id in (cast.ANNA, cast.BERND))
    Mail.objects.bulk_create(
        Mail(id=f"M-{number:03}", user=anna, category="news", state="sent", made_at=at, next_attempt_at=at)
        for number, at in enumerate(moments)
    )
    Unmailed.objects.bulk_create(
        Unmailed(
            matter=f"S-{number}", category="news", agency_id=cast.BONN, reason="preference", origin="explicit",
            users=[bernd.id], decided_at=at,
        )
        for number, at in enumerate(moments)
    )  # fmt: skip
    hedda = work(HEDDA)
    assert [one.id for one in rows(hedda, "mails", "vor", von=cast.ANNA)] == [f"M-{n:03}" for n in range(119, -1, -1)]
    spared = [one.matter for one in rows(hedda, "untold", "davor", von=cast.BERND)]
    assert spared == [f"S-{number}" for number in range(119, -1, -1)]
    assert rows(hedda, "untold", "davor", von=cast.ANNA) == []


def test_a_senseless_address_shows_the_usual_days(letter: str, work: Work) -> None:
    nonsense = {"ab": "9999-99-99", "bis": "gestern", "stand": "x", "kategorie": "x", "vor": "2026~", "davor": "~~"}
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        context = work(HEDDA).get(reverse("mail_log"), nonsense).context
    assert (context["period"].first.isoformat(), len(context["mails"])) == ("2026-02-14", 2)


def test_more_days_than_can_be_shown_at_once_are_cut_and_that_is_said(letter: str, work: Work) -> None:
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        page = work(HEDDA).get(reverse("mail_log"), {"ab": "2025-01-01", "bis": "2026-02-20"}).content.decode()
    assert "21.11.2025 bis 20.02.2026; mehr Tage auf einmal sind es nicht" in page


def test_what_is_unknown_is_said(staff: None, work: Work) -> None:
    assert "Nichts gefunden" in log(work(HEDDA), "S-NIRGENDS")
    assert "Keine Mail ist liegen geblieben" in log(work(HEDDA))


def test_addresses_are_left_out_of_what_a_mail_server_said() -> None:
    assert without_addresses("550 5.1.1 <a.b@c.example>: 'x@y.example' unknown") == "550 5.1.1 <…>: '…' unknown"
