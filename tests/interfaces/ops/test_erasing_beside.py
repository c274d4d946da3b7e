"""Retention beside cases: addresses in the mail log, questions to contacts, and documents; that it happened stays."""

from collections.abc import Callable
from datetime import date

import pytest
from tests import acts, cast
from tests.interfaces.ops.test_erasing import everything_stored

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Contact
from vermittlerpost.cases import actions as cases
from vermittlerpost.documents import queries as documents
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.interfaces.ops import retention, retention_beside
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import HOUSE
from vermittlerpost.lib import clock
from vermittlerpost.lib.verdicts import Known
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries as asked
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as told

TOO_EARLY, IN_TIME = "2028-02-29 12:00", "2028-03-01 12:00"
"""Mails of February 2026 keep their addresses for 24 months, and to the end of that month."""
ADDRESS = "carla@brueckner.example"
STATEMENT = DocumentRow(
    document_id="DOK-1",
    received_at=acts.moment("2026-02-16 06:30"),
    category="statement_available",
    agency=cast.BONN,
    title="Abrechnung Sören Übelacker",
)


def erase_at(moment: str, before: date | None = None) -> retention_beside.Beside:
    """Erase, and return what was planned beside cases."""
    with clock.turned_to(acts.moment(moment)):
        plan = retention.plan(before)
        list(retention.carry_out(plan, by="operator"))
    return plan.beside


def recorded() -> list[tuple[str, object]]:
    return [(entry.kind, entry.data.get("count")) for entry in journal.about(HOUSE) if entry.actor == "operator"]


@pytest.fixture
def mailed(stage: None) -> str:
    """Return a letter that people were mailed about on 16 February."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


@pytest.fixture
def ask(stage: None, turn_clock: Callable[[str], object]) -> Callable[..., str]:
    """Return a function that asks the contact something on 16 February 2026."""
    turn_clock("2026-02-16 12:00")
    contact = Contact(name="Jördis Ackermann", email="j.ackermann@nordlicht.example", phone="")

    def put(token: str, letter: str = "") -> str:
        question = news.Question(token=token, subject="Frage", text="Geheimes Anliegen", letter=letter)
        return news.ask(question, user=agencies.user(cast.CARLA), contact=contact, by=cast.CARLA)[0].id

    return put


def test_the_months_are_whole_so_that_nothing_goes_too_early() -> None:
    assert retention_beside.months_before(date(2028, 2, 29), 24) == date(2026, 2, 1)
    assert retention_beside.months_before(date(2028, 1, 1), 1) == date(2027, 12, 1)
    assert retention_beside.months_before(date(2028, 12, 31), 12) == date(2027, 12, 1)


def test_the_mail_log_loses_its_addresses_and_keeps_who_was_told_and_why(mailed: str) -> None:
    before = told.decisions_about(mailed)
    mails = told.sent().count()
    assert mails
    assert erase_at(TOO_EARLY).mails == 0
    assert ADDRESS in everything_stored()
    assert erase_at(IN_TIME).mails == mails
    assert "@brueckner.example" not in everything_stored()
    assert told.decisions_about(mailed) == before
    assert recorded() == [("mail.addresses_erased", mails)]
    assert erase_at(IN_TIME).mails == 0, "a second time finds nothing"


def test_the_mail_log_goes_in_batches_and_none_is_left_out(mailed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention_beside, "_MAILS_AT_ONCE", 1)
    mails = erase_at(IN_TIME).mails
    assert mails > 1
    assert recorded() == [("mail.addresses_erased", 1)] * mails
    assert "@brueckner.example" not in everything_stored()


def test_a_legal_hold_keeps_the_addresses_that_its_letters_were_announced_to(mailed: str) -> None:
    cases.hold_legally(case=acts.intake_case("Z-1"), reason="Rechtsstreit", by="operator")
    assert erase_at(IN_TIME).mails == 0
    assert ADDRESS in everything_stored()


def test_a_mail_that_waits_or_must_be_settled_keeps_its_address(stage: None) -> None:
    acts.register()
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 07:00")):
        cases.advance_due(limit=9, by="system")
        notifications.announce(limit=9, by="system")
    assert erase_at(IN_TIME).mails == 0
    assert ADDRESS in everything_stored()


def test_a_suppressed_address_is_forgotten_only_when_nobody_has_it(stage: None) -> None:
    with clock.turned_to(acts.moment("2026-02-16 12:00")):
        for address in (ADDRESS, "lange@fort.example"):
            notifications.suppress(address, reason="550", by="system")
    assert erase_at(IN_TIME).suppressions == 1
    assert told.suppressed([ADDRESS, "lange@fort.example"]) == {ADDRESS}
    assert recorded() == [("address.erased", 1)]


def test_a_question_goes_two_years_after_its_answer_and_never_before_one(ask: Callable[..., str]) -> None:
    answered, _open = ask("eins"), ask("zwei")
    news.note_answered(answered, by="hedda")
    assert erase_at(TOO_EARLY).requests == 0
    assert erase_at(IN_TIME).requests == 1
    assert [one.id for one in asked.requests_of(agencies.user(cast.CARLA))] == [_open]
    assert recorded() == [("contact.erased", 1)]


def test_a_question_about_a_letter_of_a_held_case_stays(mailed: str, ask: Callable[..., str]) -> None:
    news.note_answered(ask("eins", letter=mailed), by="hedda")
    cases.hold_legally(case=acts.intake_case("Z-1"), reason="Rechtsstreit", by="operator")
    assert erase_at(IN_TIME).requests == 0
    assert "Geheimes Anliegen" in everything_stored()


def test_what_a_document_is_called_goes_six_years_after_its_year_and_its_number_stays_known(stage: None) -> None:
    with clock.turned_to(acts.moment("2026-02-16 07:00")):
        intake.put_documents([STATEMENT], by="feed")
    assert erase_at("2032-12-31 12:00").documents == 0
    assert erase_at("2033-01-01 12:00").documents == 1
    assert STATEMENT.title not in everything_stored()
    assert recorded() == [("document.erased", 1)]
    assert intake.put_documents([STATEMENT], by="feed") == [Known()]
    assert documents.known(["DOK-1"])["DOK-1"].title == ""
    assert len(journal.about("document:DOK-1")) == 1


def test_a_day_that_is_asked_for_erases_less_beside_cases_too(mailed: str) -> None:
    assert erase_at("2033-01-01 12:00", before=date(2026, 2, 16)).mails == 0
    assert erase_at("2033-01-01 12:00", before=date(2026, 2, 17)).mails
