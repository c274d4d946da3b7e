"""Kontakt: a message reaches the personal contact once, is kept, and is confirmed (M11)."""

import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, CARLA, DORA, GREGOR, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries

Visit = Callable[[str], Client]
PAGE = "/kontakt/"
WORDS = {"subject": "Frage zur Frist", "text": "Guten Tag,\r\n\r\nreicht die Kopie?\r\n.Punkt\r\n<b>Ende</b>"}


@pytest.fixture(autouse=True)
def _noon(stage: None, turn_clock: Callable[[str], datetime]) -> None:
    turn_clock("2026-03-20 12:00")


def token(client: Client, path: str = PAGE) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def write(client: Client, path: str = PAGE, **changed: str) -> int:
    return client.post(path, WORDS | {"token": token(client, path)} | changed).status_code


def sent(home: Path) -> dict[str, EmailMessage]:
    rounds.post()
    return {str(mail["To"]): mail for mail in acts.mails_in(home)}


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_page_names_the_contact_and_how_to_reach_it(visit: Visit) -> None:
    page = visit(CARLA).get(PAGE).content.decode()
    for words in ("Jördis Ackermann", "mailto:j.ackermann@nordlicht.example", "tel:04315550-120"):
        assert words in page


def test_whoever_writes_without_end_is_stopped_for_the_day_and_told_so(
    visit: Visit, turn_clock: Callable[[str], datetime]
) -> None:
    user, contact = agencies.user(CARLA), agencies.contact_of(agencies.user(CARLA))
    assert contact
    for number in range(news.MOST_A_DAY):
        news.ask(news.Question(token=str(number), subject="Frage", text="?"), user=user, contact=contact, by=CARLA)
    client = visit(CARLA)
    page = client.post(PAGE, WORDS | {"token": token(client)}).content.decode()
    assert "Bitte rufen Sie an, oder schreiben Sie morgen." in page
    assert WORDS["subject"] in page
    assert queries.requests_of(user).count() == news.MOST_A_DAY
    turn_clock("2026-03-21 00:00")
    assert write(visit(CARLA)) == 302


def test_a_message_is_kept_mailed_to_the_contact_and_confirmed(visit: Visit, home: Path) -> None:
    assert write(visit(CARLA)) == 302
    kept = queries.requests_of(agencies.user(CARLA)).get()
    assert (kept.subject, kept.text) == (WORDS["subject"], WORDS["text"].replace("\r\n", "\n"))
    assert (kept.contact_name, kept.contact_email) == ("Jördis Ackermann", "j.ackermann@nordlicht.example")
    mails = sent(home)
    request = mails["j.ackermann@nordlicht.example"]
    assert request["Reply-To"] == "carla@brueckner.example"
    assert request["Subject"] == "Anfrage über das Portal: Maklerhaus Brückner GmbH"
    assert f"\n{kept.text}\n" in text_of(request)
    copy = mails["carla@brueckner.example"]
    assert copy["Subject"] == "Ihre Anfrage ist unterwegs"
    assert kept.id in text_of(copy)
    assert "Kopie" not in text_of(copy), "what was written stays in the portal"


def test_what_was_written_is_listed_to_its_writer_alone(visit: Visit) -> None:
    write(visit(CARLA))
    page = visit(CARLA).get(PAGE).content.decode()
    assert "Frage zur Frist" in page
    assert "&lt;b&gt;Ende&lt;/b&gt;" in page
    assert "Frage zur Frist" not in visit(ANNA).get(PAGE).content.decode()


def test_what_was_answered_says_when(visit: Visit, turn_clock: Callable[[str], datetime]) -> None:
    write(visit(CARLA))
    assert "noch nicht beantwortet" in visit(CARLA).get(PAGE).content.decode()
    turn_clock("2026-03-21 00:30")
    news.note_answered(queries.requests_of(agencies.user(CARLA)).get().id, by="hedda")
    page = visit(CARLA).get(PAGE).content.decode()
    assert "beantwortet am 21.03.2026, 00:30 Uhr" in page
    assert "noch nicht beantwortet" not in page


def test_a_form_that_is_sent_twice_asks_once(visit: Visit, home: Path) -> None:
    client = visit(CARLA)
    same = token(client)
    assert [write(client, token=same), write(client, token=same)] == [302, 302]
    assert queries.requests_of(agencies.user(CARLA)).count() == 1
    assert len(sent(home)) == 2


def test_other_words_in_the_same_form_are_another_question(visit: Visit) -> None:
    client = visit(CARLA)
    same = token(client)
    write(client, token=same)
    write(client, token=same, text="Noch etwas")
    assert queries.requests_of(agencies.user(CARLA)).count() == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"subject": " "}, "worum es geht"),
        ({"text": ""}, "Bitte schreiben Sie Ihre Nachricht."),
        ({"subject": "a\u200bb"}, "nicht zu sehen"),
        ({"text": "x" * 4001}, "4000"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(
    visit: Visit, changed: dict[str, str], says: str
) -> None:
    client = visit(CARLA)
    typed = WORDS | {"token": token(client)} | changed
    page = client.post(PAGE, typed).content.decode()
    assert says in page
    assert (typed["subject"] in page) or ("reicht die Kopie?" in page)
    assert not queries.requests_of(agencies.user(CARLA)).exists()


def test_a_message_about_a_letter_names_it_if_the_letter_is_ones_own(visit: Visit, home: Path) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter().id
    about = f"{PAGE}?schreiben={letter}"
    assert write(visit(CARLA), about) == 302
    assert queries.requests_of(agencies.user(CARLA)).get().letter == letter
    assert letter in text_of(sent(home)["j.ackermann@nordlicht.example"])
    for stranger in (OLGA, DORA):
        assert visit(stranger).get(about).status_code == 404
        assert visit(stranger).post(about, WORDS | {"token": "t"}).status_code == 404
    assert visit(CARLA).get(f"{PAGE}?schreiben=S-0000-0000-00000").status_code == 404


def test_the_journal_knows_that_something_was_asked_and_not_what(visit: Visit) -> None:
    write(visit(CARLA))
    entries = [entry for entry in journal.about("user:carla") if entry.kind == "contact.asked"]
    assert len(entries) == 1
    kept = queries.requests_of(agencies.user(CARLA)).get()
    assert entries[0].data == {"request": kept.id, "letter": None}


def test_who_has_no_address_is_told_so_and_confirmed_on_the_page(visit: Visit, home: Path) -> None:
    client = visit(GREGOR)
    assert "keine Adresse hinterlegt" in client.get(PAGE).content.decode()
    assert write(client) == 302
    assert "ist unterwegs" in client.get(PAGE).content.decode()
    assert list(sent(home)) == ["j.ackermann@nordlicht.example"]


def test_a_contact_that_cannot_be_mailed_is_to_be_called_and_nothing_is_kept(visit: Visit) -> None:
    for number in (cast.KOELN, cast.BONN):
        cast.change_agency(number, contact_email="keine adresse")
    client = visit(CARLA)
    response = client.post(PAGE, WORDS | {"token": token(client)})
    assert "Bitte rufen Sie an." in response.content.decode()
    assert not queries.requests_of(agencies.user(CARLA)).exists()


def test_who_sees_no_agency_is_told_whom_to_ask_instead(visit: Visit) -> None:
    agencies.user(CARLA).assigned_agencies.clear()
    page = visit(CARLA).get(PAGE).content.decode()
    assert "noch keine Agentur zugeordnet" in page
    assert "<textarea" not in page
