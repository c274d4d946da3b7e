"""Mein Cockpit » Vermittlerpost: the page of a letter, and what opening it leaves behind."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pypdfium2
import pytest
from django.test import Client
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.templatetags.portal import due_day
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock

Visit = Callable[[str], Client]


@pytest.fixture(autouse=True)
def letter(stage: None) -> Iterator[str]:
    """Return the reminder of 3 March, with the clock on the 9th."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    with clock.turned_to(moment("2026-03-09 09:00")):
        yield acts.letter().id


def page(client: Client, letter: str, more: str = "") -> str:
    answer = client.get(f"/cockpit/vermittlerpost/{letter}/{more}")
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def receipts(letter: str) -> list[tuple[str, str]]:
    return [(receipt.kind, receipt.actor) for receipt in delivery.receipts_of(letter)]


def test_the_page_leads_with_the_due_date_and_says_what_happens_next_when_and_what_prevents_it(
    visit: Visit, letter: str
) -> None:
    told = page(visit("carla"), letter)
    assert "Frist Di., 17.03.2026 noch 8 Tage" in told
    assert "Was als Nächstes geschieht Letzte Erinnerung Mi., 18.03.2026" in told
    assert "Was das verhindert: Ein Antrag, der vorher eingeht." in told


def test_the_page_says_who_is_told_of_the_next_step_as_things_stand(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    told = page(carla, letter)
    assert "Wer es erfährt: Agentur 4710 über Portal und BiPRO." in told
    assert "Eine E-Mail bekommt, wie es jetzt eingestellt ist: Anna, Carla." in told
    cast.choose(cast.ANNA, "urgent_reminders", wanted=False)
    cast.choose(cast.CARLA, "urgent_reminders", wanted=False)
    assert "Eine E-Mail bekommt niemand, wie es jetzt eingestellt ist." in page(carla, letter)
    cast.change_agency(cast.BONN, electronic_until=date(2026, 3, 17))
    assert "Wer es erfährt: Agentur 4710 durch ein Schreiben auf Papier." in page(carla, letter)


def test_of_a_step_without_a_letter_only_the_insurer_is_told(visit: Visit) -> None:
    acts.mornings(acts.REMINDED_AGAIN)
    with clock.turned_to(moment("2026-03-19 09:00")):
        told = page(visit("carla"), acts.letter().id)
    assert "Wer es erfährt: Die Fachabteilung des Versicherers." in told


def test_the_date_of_the_next_step_is_the_one_on_which_it_is_taken(visit: Visit, letter: str) -> None:
    with clock.turned_to(moment("2026-03-09 10:00")):
        cases.hold(case=acts.intake_case("Z-1"), until=date(2026, 3, 20), reason="Klärung im Haus", by="insurer")
    told = page(visit("carla"), letter)
    assert "Erinnerungen ruhen bis einschließlich Fr., 20.03.2026 Klärung im Haus" in told
    assert "Letzte Erinnerung Mo., 23.03.2026" in told
    acts.mornings("2026-03-18", "2026-03-20", "2026-03-23")
    assert acts.written()[-1] == ("reminder", 2, "2026-03-23")


def test_the_agency_above_is_named_beside_the_agency_and_can_be_seen_no_more_for_that(
    visit: Visit, letter: str
) -> None:
    assert "Agentur 4710 Agentur Bonn Stammagentur 4700 Agentur Köln" in page(visit("carla"), letter)
    assert cast.KOELN not in {agency.number for agency in agencies.visible_to(agencies.user("carla"))}


def test_the_text_on_the_page_is_that_of_the_pdf(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    told = page(carla, letter)
    pdf = pypdfium2.PdfDocument(carla.get(f"/cockpit/vermittlerpost/{letter}/schreiben.pdf").content)
    printed = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    text = letters.text_of(letter)
    said = [text.subject, *text.request, text.deadline, *text.otherwise, *(row.value for row in text.facts)]
    said += [row.value for row in text.answer]
    assert len(said) > 10
    for passage in said:
        assert " ".join(passage.split()) in told
        assert bare(passage) in bare(printed)


def bare(text: str) -> str:
    """Leave only letters and digits: lines break, and hyphens fall, elsewhere on a sheet."""
    return re.sub(r"[\W_]", "", text)


def test_the_pdf_is_shown_within_the_page_by_the_browsers_own_viewer(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    assert f'src="/cockpit/vermittlerpost/{letter}/schreiben.pdf"' in (
        carla.get(f"/cockpit/vermittlerpost/{letter}/").content.decode()
    )
    answer = carla.get(f"/cockpit/vermittlerpost/{letter}/schreiben.pdf")
    assert (answer["Content-Type"], answer["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert answer["Content-Disposition"] == f'inline; filename="{letter}.pdf"'
    assert "Content-Security-Policy" not in answer


def test_opening_is_recorded_once_a_day_and_person_and_marks_the_letter_as_read(visit: Visit, letter: str) -> None:
    carla, bernd = visit("carla"), visit("bernd")
    for client in (carla, carla, bernd):
        page(client, letter)
    carla.get(f"/cockpit/vermittlerpost/{letter}/schreiben.pdf")
    assert receipts(letter)[1:] == [("displayed", "carla"), ("displayed", "bernd")]
    with clock.turned_to(moment("2026-03-10 09:00")):
        page(carla, letter)
    assert receipts(letter)[3:] == [("displayed", "carla")]
    entry = delivery.entry(agencies.user("carla"), letter)
    assert entry
    assert entry.read_by == "carla"


def test_keeping_the_pdf_is_recorded_as_a_download_each_time(visit: Visit, letter: str) -> None:
    carla = visit("carla")
    for _ in range(2):
        answer = carla.get(f"/cockpit/vermittlerpost/{letter}/schreiben.pdf?download=1")
        assert answer["Content-Disposition"].startswith("attachment")
    carla.head(f"/cockpit/vermittlerpost/{letter}/schreiben.pdf?download=1")
    assert receipts(letter)[1:] == [("downloaded", "carla")] * 2


def test_receipts_are_told_with_moment_and_colleague(visit: Visit, letter: str) -> None:
    page(visit("bernd"), letter)
    told = page(visit("carla"), letter)
    assert "bereitgestellt 03.03.2026, 07:00 Uhr · System" in told
    assert "angezeigt 09.03.2026, 09:00 Uhr · Bernd" in told


def test_the_page_tells_who_was_mailed_and_who_was_not_and_why_b1(visit: Visit, letter: str) -> None:
    told = page(visit("carla"), letter)
    assert "Carla E-Mail 03.03.2026, 07:00 Uhr Einstellung: Vorbelegung nach der Rolle." in told
    assert "Bernd keine E-Mail Die Benachrichtigung steht auf Nein. Einstellung: Vorbelegung nach der Rolle." in told
    assert "Gregor keine E-Mail Es gibt keine zustellbare E-Mail-Adresse." in told
    assert "Dora" not in told  # Bonn is not hers to see


def test_only_an_administrator_is_led_to_the_setting(visit: Visit, letter: str) -> None:
    path = f"/cockpit/vermittlerpost/{letter}/"
    assert b"e-mail-benachrichtigungen/" in visit("anna").get(path).content
    assert b"e-mail-benachrichtigungen/" not in visit("carla").get(path).content


def test_the_other_letters_of_the_case_and_its_story_stand_beside(visit: Visit, letter: str) -> None:
    answer = visit("carla").get(f"/cockpit/vermittlerpost/{letter}/").content.decode()
    assert f"/cockpit/vermittlerpost/{acts.letters_of()[0].id}/" in answer
    told = page(visit("carla"), letter)
    assert "Vorgang eröffnet zur Zulassungsmitteilung Z-1; Anforderung frühestens am 16.02.2026." in told
    assert "Erinnerung geschrieben; nächster Schritt: 18.03.2026. 03.03.2026, 07:00 Uhr · System" in told
    assert "Letzte Erinnerung Mi., 18.03.2026 steht bevor" in told


def test_a_settled_letter_says_why_and_since_when_and_asks_for_nothing(visit: Visit, letter: str) -> None:
    acts.apply("A-1", "2026-03-09 08:00", vin=acts.VIN)
    told = page(visit("carla"), letter)
    assert "erledigt Antrag eingegangen am 09.03.2026 · Frist war Di., 17.03.2026" in told
    assert "Antrag ist unterwegs" not in told
    assert "steht bevor" not in told


def test_a_letter_whose_case_went_to_another_firm_stays_readable_and_nothing_else(visit: Visit, letter: str) -> None:
    cases.reroute(case=acts.intake_case("Z-1"), agency=cast.HAMBURG, reason="Bestandsübertragung", by="insurer")
    carla = visit("carla")
    told = page(carla, letter)
    assert "Der Vorgang liegt inzwischen bei einer anderen Agentur." in told
    assert "Verlauf" not in told
    assert carla.get(f"/cockpit/vermittlerpost/{letter}/unterwegs/").status_code == 404
    assert carla.get(f"/cockpit/vorgaenge/{acts.intake_case('Z-1')}/").status_code == 404


@pytest.mark.parametrize("path", ["", "schreiben.pdf", "unterwegs/", "rueckfrage/", "weitergeben/"])
@pytest.mark.parametrize("login_id", ["olga", "dora", "emil"])
def test_a_letter_out_of_scope_is_as_unknown_as_one_that_does_not_exist(
    visit: Visit, letter: str, login_id: str, path: str
) -> None:
    answers = [visit(login_id).get(f"/cockpit/vermittlerpost/{one}/{path}") for one in (letter, "S-0000-0000-00000")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert receipts(letter) == [("provided", "system")]


def test_due_days_of_page_and_letter_are_one(visit: Visit, letter: str) -> None:
    due_on = acts.letter().due_on
    assert due_day(due_on) in page(visit("carla"), letter)
    assert due_day(due_on) in letters.text_of(letter).deadline
