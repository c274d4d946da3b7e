"""Stories of people whose rights, roles and addresses change; the numbers are the catalogue's."""

from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, BONN, CARLA, GREGOR, OLGA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"


def told(login_id: str) -> tuple[str, str | None]:
    return acts.decisions(acts.letter().id)[login_id]


def test_a_user_who_loses_the_right_sees_the_letter_no_more_and_gets_no_mail_that_still_waited() -> None:
    """Scenario 4, as far as this stage goes: the letter remains for colleagues, and the journal tells of the change."""
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        rounds.announce()
    cast.change_user(CARLA, rights=("basic",))
    with clock.turned_to(moment(f"{acts.REQUESTED} 08:00")):
        rounds.post()
    assert not delivery.mailbox_of(agencies.user(CARLA)).exists()
    assert delivery.mailbox_of(agencies.user(BERND)).exists()
    assert told(CARLA) == ("withdrawn", "no_right")
    change = journal.about(f"user:{CARLA}").last()
    assert change
    assert change.data["after"] == {"rights": ["basic"]}


@pytest.mark.parametrize(("choice", "outcome"), [(None, ("mailed", None)), (False, ("not_mailed", "preference"))])
def test_a_user_who_becomes_restricted_is_mailed_unless_he_has_said_nein(
    choice: bool | None, outcome: tuple[str, str | None]
) -> None:
    """Scenario 5: the unset value flips to Ja for his agencies, the explicit Nein stays."""
    if choice is not None:
        cast.choose(BERND, LETTERS, wanted=choice)
    cast.change_user(BERND, assigned_agencies=(BONN,))
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert told(BERND) == outcome


@pytest.mark.parametrize(("choice", "outcome"), [(None, ("not_mailed", "preference")), (True, ("mailed", None))])
def test_an_administrator_who_is_demoted_is_mailed_no_more_unless_he_has_said_ja(
    choice: bool | None, outcome: tuple[str, str | None]
) -> None:
    """Scenario 6: unset becomes Nein, the explicit Ja stays as long as right and scope exist."""
    if choice is not None:
        cast.choose(ANNA, LETTERS, wanted=choice)
    cast.change_user(ANNA, administrator=False)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert told(ANNA) == outcome


def test_an_administrator_without_an_address_is_known_not_to_be_reached() -> None:
    """Scenario 7, as far as this stage goes: the preference says Ja, the decision says why nothing came."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert told(GREGOR) == ("not_mailed", "no_address")


def test_an_address_that_bounced_gets_nothing_until_it_is_corrected_and_then_new_letters_only(home: Path) -> None:
    """Scenario 8: no preference changes, the letter stays, and nothing is sent again."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    notifications.suppress("carla@brueckner.example", reason="550 5.1.1", by="system")
    acts.mornings(acts.REMINDED)
    assert told(CARLA) == ("not_mailed", "no_address")
    assert delivery.mailbox_of(agencies.user(CARLA)).count() == 2
    cast.change_user(CARLA, email="carla.neu@brueckner.example")
    acts.mornings(acts.REMINDED_AGAIN)
    assert told(CARLA) == ("mailed", None)
    to_carla = [mail["Subject"] for mail in acts.mails_in(home) if mail["To"] == "carla.neu@brueckner.example"]
    assert len(to_carla) == 1
    assert "letzte" in to_carla[0]


def test_one_person_in_two_firms_has_two_logins_and_two_sets_of_switches(home: Path) -> None:
    """Scenario 23: each login is told of its own firm's letters, at the one address that both have."""
    cast.change_user(OLGA, email="anna@brueckner.example")
    cast.choose(ANNA, LETTERS, wanted=False)
    acts.confirm(acts.OTHER_EVB, agency=cast.HAMBURG)
    acts.register("Z-1")
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    assert acts.decisions(acts.letter("Z-1").id)[ANNA] == ("not_mailed", "preference")
    assert acts.decisions(acts.letter("Z-2").id) == {OLGA: ("mailed", None)}
    assert [mail["To"] for mail in acts.mails_in(home)].count("anna@brueckner.example") == 1


def test_one_administrator_changes_the_switches_of_another_and_the_journal_tells_who_did() -> None:
    """Scenario 24."""
    cast.choose(GREGOR, REMINDERS, wanted=False, by=ANNA)
    entry = journal.about(f"user:{GREGOR}").last()
    assert entry
    assert (entry.kind, entry.actor, entry.data["after"]) == ("preference.changed", ANNA, False)


def test_of_two_changes_of_one_switch_the_last_holds_and_both_are_told() -> None:
    """Scenario 25."""
    cast.choose(BERND, LETTERS, wanted=True, by=ANNA)
    cast.choose(BERND, LETTERS, wanted=False, by=GREGOR)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert told(BERND) == ("not_mailed", "preference")
    changes = journal.about(f"user:{BERND}").filter(kind="preference.changed")
    assert [(one.actor, one.data["before"], one.data["after"]) for one in changes] == [
        (ANNA, None, True),
        (GREGOR, True, False),
    ]
