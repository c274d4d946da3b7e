"""notifications: gaps that arise by themselves are found, kept with their beginning and end, and told once (B2)."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, BRUECKNER, CARLA, DORA, DRESDEN, GREGOR, HAMBURG, KOELN, OLGA, OSTERTAG

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions, queries
from vermittlerpost.notifications.models import FoundGap

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"
NIGHT, NEXT_NIGHT, NIGHT_AFTER = "2026-03-03 03:17", "2026-03-04 03:17", "2026-03-05 03:17"


def look(at: str = NIGHT) -> int:
    """Let the house look at a moment, and return how many gaps are new."""
    with clock.turned_to(moment(at)):
        return rounds.watch_coverage()


def known() -> set[tuple[str, str]]:
    return {(row.agency_id, row.category) for row in queries.found_gaps()}


def told(home: Path, at: str = NIGHT) -> list[EmailMessage]:
    """Let the house look and send its mails, and return all warnings that have left so far."""
    look(at)
    with clock.turned_to(moment(at)):
        rounds.post()
    return [mail for mail in acts.mails_in(home) if "Niemand liest mit" in mail["Subject"]]


def kinds(number: str) -> list[str]:
    entries = journal.about(f"agency:{number}").filter(kind__startswith="gap.")
    return list(entries.values_list("kind", flat=True))


def by_a_bounce() -> None:
    actions.suppress("anna@brueckner.example", reason="550", by="system")


def by_an_import() -> None:
    cast.change_user(ANNA, active=False)


@pytest.mark.parametrize("arises", [by_a_bounce, by_an_import])
def test_a_gap_that_arose_by_itself_is_found_once_and_kept_with_its_beginning(arises: Callable[[], None]) -> None:
    assert look() == 0
    arises()
    assert look(NEXT_NIGHT) == 2
    assert look(NIGHT_AFTER) == 0
    assert known() == {(KOELN, LETTERS), (KOELN, REMINDERS)}
    assert set(queries.found_since([KOELN]).values()) == {moment(NEXT_NIGHT)}
    assert kinds(KOELN) == ["gap.opened", "gap.opened"]


def test_an_exception_that_ends_opens_its_gap_in_the_night_after_its_last_day() -> None:
    cast.choose(ANNA, REMINDERS, wanted=False)
    with clock.turned_to(moment("2026-03-02 09:00")):
        exception = actions.Choice(login_id=BERND, category=REMINDERS, wanted=True, until=date(2026, 3, 3))
        actions.put_preferences([exception], by=cast.BY)
    assert look() == 0
    assert look(NEXT_NIGHT) == 1


def test_an_agency_whose_electronic_days_begin_without_a_reader_is_found_on_the_first() -> None:
    cast.change_user(ANNA, administrator=False)
    cast.change_agency(DRESDEN, electronic_from=date(2026, 3, 4))
    look()
    assert DRESDEN not in {agency for agency, _ in known()}
    look(NEXT_NIGHT)
    assert (DRESDEN, REMINDERS) in known()


def test_a_gap_that_is_filled_ends_and_is_new_when_it_arises_again() -> None:
    by_a_bounce()
    look()
    actions.restore("anna@brueckner.example", by="operator")
    assert look(NEXT_NIGHT) == 0
    assert known() == set()
    by_a_bounce()
    assert look(NIGHT_AFTER) == 2
    assert kinds(KOELN) == ["gap.opened"] * 2 + ["gap.closed"] * 2 + ["gap.opened"] * 2
    ended = FoundGap.objects.filter(ended_at=moment(NEXT_NIGHT), since=moment(NIGHT))
    assert ended.count() == 2


def test_a_gap_ends_with_the_last_electronic_day_of_a_firm_too() -> None:
    cast.change_user(OLGA, active=False)
    look()
    cast.change_agency(HAMBURG, electronic_until=date(2026, 3, 3))
    look(NEXT_NIGHT)
    assert HAMBURG not in {agency for agency, _ in known()}


def test_every_administrator_with_an_address_gets_one_mail_for_all_new_gaps(home: Path) -> None:
    cast.change_user(GREGOR, email="gregor@brueckner.example")
    for login_id in (ANNA, GREGOR, CARLA, DORA):
        cast.choose(login_id, REMINDERS, wanted=False)
    mails = told(home)
    assert {mail["To"] for mail in mails} == {f"{one}@brueckner.example" for one in (ANNA, "emil", GREGOR)}
    assert {mail["Subject"] for mail in mails} == {"Niemand liest mit (Agenturen 4700, 4710, 4711, 4712)"}
    assert len(told(home, NEXT_NIGHT)) == len(mails) == 3


def test_the_mail_names_category_and_agency_and_nobody_and_leads_to_the_coverage(home: Path) -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    mail = told(home)[0]
    part = mail.get_body(("plain",))
    assert part is not None
    text = str(part.get_content())
    assert "Wichtige Schreiben" in text
    assert "Agentur 4700" in text
    assert "http://127.0.0.1:8000/services/administration/abdeckung/" in text
    for personal in ("Anna", "Bernd", "Köln", "Maklerhaus"):
        assert personal not in text


def test_whose_address_bounced_is_not_written_to_and_his_colleagues_are(home: Path) -> None:
    by_a_bounce()
    assert [mail["To"] for mail in told(home)] == ["emil@brueckner.example"]


def test_a_firm_is_told_of_its_own_gaps_alone(home: Path) -> None:
    cast.choose(OLGA, LETTERS, wanted=False)
    assert {mail["To"] for mail in told(home)} == {"olga@ostertag.example"}


def test_one_look_goes_through_all_firms() -> None:
    cast.choose(OLGA, LETTERS, wanted=False)
    cast.choose(ANNA, LETTERS, wanted=False)
    assert look() == 2
    assert {(BRUECKNER, KOELN), (OSTERTAG, HAMBURG)} == {
        (row.agency.firm_id, row.agency_id) for row in queries.found_gaps()
    }


def test_a_run_of_the_morning_looks_at_no_gaps(home: Path) -> None:
    by_a_bounce()
    acts.mornings(acts.REQUESTED)
    assert known() == set()
    assert acts.mails_in(home) == []
