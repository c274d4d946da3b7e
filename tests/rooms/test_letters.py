"""letters: written once per case, kind and level, frozen, and made into the same PDF for ever (R5)."""

import hashlib
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases.rules import case_id
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions, queries, rendering
from vermittlerpost.letters.actions import NotStuck
from vermittlerpost.lib import clock
from vermittlerpost.lib.identifiers import beginning_of, is_sound, week

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def letter() -> str:
    """Return the id of a request that Bonn got."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def test_a_letter_tells_what_is_known_of_case_vehicle_and_parties(letter: str) -> None:
    facts = queries.facts_of([letter])[0]
    assert (facts.case, facts.kind, facts.level, facts.evb) == (acts.case().id, "application_request", 0, acts.EVB)
    assert (facts.vehicle.plate, facts.vehicle.vin, facts.vehicle.hsn) == (acts.PLATE, acts.VIN, "0603")
    assert (facts.agency.number, facts.carrier.legal_name) == (cast.BONN, "Nordlicht Versicherung AG")
    assert facts.policyholder
    assert facts.policyholder.name == acts.POLICYHOLDER
    assert facts.contact.phone == "0431 5550-120"
    assert (facts.issued_on, facts.due_on) == (date(2026, 2, 16), date(2026, 3, 2))
    assert facts.portal_url.endswith(f"/cockpit/vermittlerpost/{letter}/")


def test_case_and_letter_ids_are_derived_and_sound(letter: str) -> None:
    case = acts.case().id
    assert letter == actions.letter_id(case=case, kind="application_request", level=0)
    assert case == case_id(message_id=acts.case().message_id, opened_on=acts.case().opened_on)
    assert is_sound(letter)
    assert is_sound(case)
    assert beginning_of(letter) == beginning_of(case) == week(acts.case().opened_on)


def test_the_same_letter_is_never_issued_twice_r5(letter: str) -> None:
    draft = actions.Draft(facts=queries.facts_of([letter])[0], carrier=cast.NORDLICHT, agency=cast.BONN)
    with pytest.raises((IntegrityError, UniqueViolation)), transaction.atomic():
        actions.issue([draft], by="somebody")
    assert len(acts.letters_of()) == 1


def test_facts_are_frozen_when_the_letter_is_issued(letter: str) -> None:
    before = rendering.render(queries.facts_of([letter])[0])
    cast.change_agency(cast.BONN, name="Agentur Siebengebirge", contact_name="Piet Neu")
    acts.confirm(policyholder_name="Klara Müller")
    assert rendering.render(queries.facts_of([letter])[0]) == before


def test_a_pdf_is_made_once_and_kept_under_the_hash_of_its_content(letter: str, home: Path) -> None:
    assert queries.to_render().get().letter_id == letter
    assert rounds.render() == 1
    assert rounds.render() == 0
    pdf = actions.pdf_of(letter, wiring.letter_store(), by="anna")
    sha256 = hashlib.sha256(pdf).hexdigest()
    assert (home / "letters" / sha256[:2] / sha256).read_bytes() == pdf
    assert journal.about(acts.case().id).get(kind="letter.rendered").data == {"letter": letter, "sha256": sha256}


def test_who_asks_before_the_pdf_is_made_gets_the_same_one(letter: str) -> None:
    asked = actions.pdf_of(letter, wiring.letter_store(), by="anna")
    assert rounds.render() == 0
    assert actions.pdf_of(letter, wiring.letter_store(), by="carla") == asked
    assert asked == rendering.render(queries.facts_of([letter])[0])


def test_the_pdf_says_in_its_title_what_is_asked_by_when(letter: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(actions.pdf_of(letter, wiring.letter_store(), by="anna"))
    with pikepdf.open(path) as pdf:
        assert pdf.docinfo["/Title"] == "Antrag zum Fahrzeug K-WB 4444 – bitte bis Mo., 02.03.2026 einreichen"
        assert len(pdf.pages) == 1


def test_a_letter_that_cannot_be_printed_is_set_aside_and_the_others_are_made_r12() -> None:
    acts.confirm(kind="permanent")
    acts.register("Z-1", vin="", plate="K-A 1")
    acts.register("Z-2", vin="", plate="K-A 2", keeper_name="Smiley 🙂")
    acts.mornings(acts.REQUESTED)
    good, bad = acts.letter("Z-1"), acts.letter("Z-2")
    assert rounds.render() == 2
    assert queries.stuck().get().letter_id == bad.id
    assert queries.stuck().get().stuck_reason.startswith("Das Zeichen „🙂“ (U+1F642) im Feld ")
    assert not queries.to_render().exists()
    assert journal.about(good.case).filter(kind="letter.rendered").exists()
    assert journal.about(bad.case).get(kind="letter.rendering_stuck").data["error"] == "NotPrintable"


def test_a_pdf_that_is_stuck_is_retried_when_somebody_says_so() -> None:
    acts.register(keeper_name="Smiley 🙂")
    acts.mornings(acts.REQUESTED)
    letter = acts.letter()
    rounds.render()
    actions.retry(letter=letter.id, reason="Schrift ergänzt", by="operator")
    assert not queries.stuck().exists()
    assert rounds.render() == 1
    assert journal.about(letter.case).get(kind="letter.rendering_retried").actor == "operator"
    with pytest.raises(NotStuck):
        actions.retry(letter=acts.letter().id + "X", reason="Versehen", by="operator")


def test_what_a_worker_has_in_hand_no_other_takes_until_it_is_dead(letter: str) -> None:
    with clock.turned_to(moment("2026-02-16 07:01")):
        actions._lease(10)
        assert actions.render(wiring.letter_store(), limit=10, by="other") == 0
    with clock.turned_to(moment("2026-02-16 07:07")):
        assert actions.render(wiring.letter_store(), limit=10, by="other") == 1


def test_a_reminder_tells_what_was_written_before(letter: str) -> None:
    acts.mornings(acts.REMINDED, acts.REMINDED_AGAIN)
    facts = queries.facts_of([one.id for one in acts.letters_of()])
    assert [[(one.title, f"{one.issued_on}") for one in told.earlier] for told in facts] == [
        [],
        [("Antragsanforderung", acts.REQUESTED)],
        [("Antragsanforderung", acts.REQUESTED), ("Erinnerung", acts.REMINDED)],
    ]


def test_a_letter_is_settled_once_with_day_and_reason(letter: str) -> None:
    ended = {acts.case().id: (date(2026, 2, 20), "application")}
    assert actions.settle(ended, by="feed") == {letter: acts.case().id}
    assert actions.settle({acts.case().id: (date(2026, 3, 1), "withdrawn")}, by="feed") == {}
    assert (acts.letter().settled_on, acts.letter().settled_reason) == (date(2026, 2, 20), "application")
    assert journal.about(acts.case().id).filter(kind="letter.settled").count() == 1
