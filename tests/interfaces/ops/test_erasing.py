"""Retention: what need no longer be kept goes, with legal hold and a look before; that it happened stays."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from tests import acts, cast

from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.interfaces.ops import retention, rounds, wiring
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.lib import clock
from vermittlerpost.lib.bulk import fetch

SECRETS = (acts.POLICYHOLDER, acts.PLATE, acts.VIN, "Weiße Gasse")
TOO_EARLY, IN_TIME = "2032-12-31 12:00", "2033-01-01 12:00"
"""A case that ended in 2026 is kept up to the end of 2032."""


@pytest.fixture
def ended(stage: None) -> str:
    """Return a case that was requested on paper and electronically, and then ended."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 15:00")):
        rounds.render()
    acts.apply("A-1", "2026-02-20 10:00")
    return acts.intake_case("Z-1")


def erase_at(moment: str) -> int:
    with clock.turned_to(acts.moment(moment)):
        return sum(retention.carry_out(retention.plan(None), by="operator"))


def everything_stored() -> str:
    """Return all that the database holds, as text, but for the people of the firms."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith(("agencies_", "django_"))]
    return "\n".join(str(fetch(f'SELECT t::text FROM "{table}" t', {})) for table in tables)


def test_nothing_goes_before_its_time(ended: str) -> None:
    assert erase_at(TOO_EARLY) == 0
    assert acts.case().plate == acts.PLATE


def test_of_an_old_case_nothing_personal_is_left_anywhere(ended: str, home: Path) -> None:
    assert all(secret in everything_stored() for secret in SECRETS)
    assert list((home / "letters").rglob("*/*"))
    assert erase_at(IN_TIME) == 1
    assert [secret for secret in SECRETS if secret in everything_stored()] == []
    assert [path for path in (home / "letters").rglob("*") if path.is_file()] == []


def test_that_it_happened_stays_with_the_hashes_of_the_letters(ended: str) -> None:
    before = [entry.hash for entry in journal.about(ended)]
    sha256 = written.hashes_of([acts.letter().id])
    erase_at(IN_TIME)
    entries = list(journal.about(ended))
    assert [entry.hash for entry in entries][:-1] == before
    assert (entries[-1].kind, entries[-1].data) == ("case.erased", {"letters": 1})
    assert journal.broken_at(ended) is None
    assert written.hashes_of([acts.letter().id]) == sha256


def test_an_erased_letter_is_refused_in_a_sentence_and_no_backup_misses_it(ended: str, tmp_path: Path) -> None:
    erase_at(IN_TIME)
    with pytest.raises(letters.LetterErased, match="nach Ablauf der Aufbewahrung"):
        letters.pdf_of(acts.letter().id, wiring.letter_store(), by="somebody")
    assert list(written.kept_pdfs()) == []
    assert not list(written.to_render())


def test_a_legal_hold_keeps_everything_until_it_is_released(ended: str) -> None:
    cases.hold_legally(case=ended, reason="Rechtsstreit 7 O 12/26", by="operator")
    assert erase_at(IN_TIME) == 0
    with clock.turned_to(acts.moment(IN_TIME)):
        assert retention.plan(None).held == 1
    assert acts.POLICYHOLDER in everything_stored()
    cases.release_legally(case=ended, reason="Urteil rechtskräftig", by="operator")
    assert erase_at(IN_TIME) == 1
    assert [entry.kind for entry in journal.about(ended)][-3:-1] == ["case.legally_held", "case.legally_released"]


def test_open_cases_are_never_erased_however_old(stage: None) -> None:
    acts.register()
    assert erase_at("2099-01-01 12:00") == 0


def test_the_plan_tells_what_would_go_and_erases_nothing(ended: str) -> None:
    with clock.turned_to(acts.moment(IN_TIME)):
        plan = retention.plan(None)
    assert (plan.before, plan.cases, plan.letters, plan.held) == (date(2027, 1, 1), {2026: 1}, 1, 0)
    assert acts.case().plate == acts.PLATE


def test_a_day_up_to_which_data_must_be_kept_is_refused(ended: str) -> None:
    with clock.turned_to(acts.moment(IN_TIME)), pytest.raises(retention.TooEarly, match=r"nach dem 01\.01\.2027"):
        retention.plan(date(2027, 1, 2))


def test_a_print_batch_goes_with_its_last_letter(stage: None, home: Path) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    [batch] = acts.print_post(f"{acts.REQUESTED} 14:00")
    acts.hand_over(batch, f"{acts.REQUESTED} 15:00")
    acts.apply("A-1", "2026-02-20 10:00")
    assert delivery.clear_erased(wiring.print_folder()) == 0
    erase_at(IN_TIME)
    assert wiring.print_folder().names() == []


def test_what_a_crash_left_lying_is_removed_by_the_next_run(ended: str, home: Path) -> None:
    with clock.turned_to(acts.moment(IN_TIME)):
        cases.erase([ended], by="operator")
    assert [path for path in (home / "letters").rglob("*") if path.is_file()]
    erase_at(IN_TIME)
    assert [path for path in (home / "letters").rglob("*") if path.is_file()] == []
