"""Mein Cockpit » Vermittlerpost: what an agency can do about a letter, without scripts."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from tests import acts
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.lib import clock

Visit = Callable[[str], Client]


@pytest.fixture(autouse=True)
def letter(stage: None) -> Iterator[str]:
    """Return the request of 16 February, with the clock on the day before the reminder."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(moment("2026-03-02 09:00")):
        yield acts.letter().id


def entry(letter: str) -> MailboxEntry:
    found = delivery.entry(agencies.user("anna"), letter)
    assert found
    return found


def send(client: Client, letter: str, what: str, **fields: str) -> str:
    """Send a form and return the page that follows: that of the letter if it was taken."""
    return client.post(f"/cockpit/vermittlerpost/{letter}/{what}/", fields, follow=True).content.decode()


def test_an_application_on_its_way_lets_the_reminders_rest_and_the_page_proves_it(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    form = carla.get(f"/cockpit/vermittlerpost/{letter}/unterwegs/").content.decode()
    assert "längstens bis Mo., 09.03.2026" in form
    assert 'value="2026-03-09"' in form
    told = send(carla, letter, "unterwegs", submitted_on="2026-02-27", until="2026-03-06", note="Per BiPRO.")
    assert "Erinnerungen ruhen bis einschließlich Fr., 06.03.2026" in told
    assert "Agentur meldet: Antrag eingereicht am 27.02.2026; Erinnerungen ruhen bis 06.03.2026." in told
    assert "Per BiPRO." in told
    acts.mornings("2026-03-03", "2026-03-06", "2026-03-09")
    assert acts.written()[1:] == [("reminder", 1, "2026-03-09")]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"until": "2026-03-10"}, "längstens den 09.03.2026"),
        ({"until": "2026-03-06", "submitted_on": "2026-03-03"}, "liegt in der Zukunft"),
        ({"until": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"until": "übermorgen"}, "Bitte ein gültiges Datum eingeben."),
    ],
)
def test_a_pause_that_cannot_be_is_refused_beside_what_was_typed(
    visit: Visit, letter: str, fields: dict[str, str], says: str
) -> None:
    told = send(visit("carla"), letter, "unterwegs", note="Per BiPRO.", **fields)
    assert says in told
    assert "Per BiPRO." in told
    assert acts.case().held_until is None


def test_a_second_click_pauses_once(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    for _ in range(2):
        send(carla, letter, "unterwegs", until="2026-03-06")
    assert cases.pauses_of(acts.intake_case("Z-1")).count() == 1


@pytest.mark.parametrize("what", ["unterwegs", "rueckfrage", "erledigt", "weitergeben", "ungelesen", "wieder-oeffnen"])
def test_nothing_can_be_done_about_a_letter_of_another_firm(visit: Visit, letter: str, what: str) -> None:
    fields = {"until": "2026-03-06", "subject": "sold", "text": "Verkauft.", "to": "olga"}
    assert visit("olga").post(f"/cockpit/vermittlerpost/{letter}/{what}/", fields).status_code == 404
    assert acts.case().held_until is None
    assert not cases.open_inquiries().exists()
    assert (entry(letter).done_on, entry(letter).assignee) == (None, None)


def test_a_vehicle_that_is_not_theirs_is_told_to_the_insurer(visit: Visit, letter: str) -> None:
    told = send(visit("carla"), letter, "rueckfrage", subject="vehicle_not_ours", text="Wir kennen ihn nicht.")
    assert "Rückfrage an den Versicherer: Fahrzeug gehört nicht zu unserem Bestand" in " ".join(told.split())
    assert "wartet auf Antwort" in told
    asked = cases.open_inquiries().get()
    assert (asked.by, asked.letter, asked.text) == ("carla", letter, "Wir kennen ihn nicht.")
    assert acts.case().held_until == date(2026, 3, 16)


def test_one_question_at_a_time_and_never_without_words(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    assert "zwingend erforderlich" in send(carla, letter, "rueckfrage", subject="sold", text="")
    send(carla, letter, "rueckfrage", subject="sold", text="Verkauft.")
    told = send(carla, letter, "rueckfrage", subject="other", text="Noch etwas.")
    assert "schon eine Rückfrage offen" in told
    assert "Noch etwas." in told
    assert cases.open_inquiries().count() == 1


def test_a_letter_is_marked_done_with_who_and_when_and_opened_again(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    told = " ".join(send(carla, letter, "erledigt").split())
    assert "in Ihrer Firma als erledigt vermerkt (Carla)" in told
    assert "am 02.03.2026" in told
    assert "Schreiben „Antragsanforderung“ von Hand als erledigt vermerkt." in told
    assert entry(letter).done_on == date(2026, 3, 2)
    assert acts.case().state == "requested"  # the case itself goes on
    send(carla, letter, "wieder-oeffnen")
    assert entry(letter).done_on is None


def test_a_letter_is_handed_to_a_colleague_who_may_see_it(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    offered = carla.get(f"/cockpit/vermittlerpost/{letter}/weitergeben/").content.decode()
    assert "Bernd (bernd)" in offered
    assert not {name for name in ("dora", "emil", "frida", "olga", "robot") if f'value="{name}"' in offered}
    told = send(carla, letter, "weitergeben", to="bernd")
    assert "In Arbeit bei Bernd" in told
    assert "in Arbeit bei Bernd (bisher –)" in told
    send(carla, letter, "weitergeben", to="")
    assert entry(letter).assignee is None


@pytest.mark.parametrize("to", ["dora", "olga", "nobody"])
def test_a_letter_is_handed_to_nobody_else(visit: Visit, letter: str, to: str) -> None:
    assert 'id="fehler"' in send(visit("carla"), letter, "weitergeben", to=to)
    assert entry(letter).assignee is None


def test_a_letter_put_back_as_unread_leads_back_to_the_mailbox(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    carla.get(f"/cockpit/vermittlerpost/{letter}/")
    answer = carla.post(f"/cockpit/vermittlerpost/{letter}/ungelesen/")
    assert answer["Location"] == "/cockpit/vermittlerpost/"
    assert entry(letter).read_at is None
    carla.get(f"/cockpit/vermittlerpost/{letter}/")
    assert entry(letter).read_by == "carla"
