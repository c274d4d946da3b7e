"""notifications: never two mails about one letter to one address; bundles wait, urgent ones do not (R3)."""

from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERLIN, BERND, BONN, CARLA, DORA

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries

pytestmark = pytest.mark.usefixtures("stage")


def vehicles(count: int, agency: str = BONN) -> None:
    """Register so many vehicles on one permanent confirmation of an agency."""
    number = f"NL{agency}0"
    acts.confirm(number, kind="permanent", agency=agency)
    for vehicle in range(count):
        acts.register(f"Z-{agency}-{vehicle}", evb=number, vin="", plate=f"K-A {agency[-2:].lstrip('0') or 9}{vehicle}")


def at(time: str, *works: object, day: str = acts.REQUESTED) -> None:
    with clock.turned_to(moment(f"{day} {time}")):
        for work in works:
            work()  # type: ignore[operator] # rounds of work


def test_what_one_user_gets_of_one_category_from_one_run_is_one_mail_r3(home: Path) -> None:
    vehicles(3)
    acts.mornings(acts.REQUESTED)
    assert acts.mailed() == [(ANNA, "important_letters", 3), (CARLA, "important_letters", 3)]
    assert {mail["Subject"] for mail in acts.mails_in(home)} == {
        "3 wichtige Schreiben – nächste Frist Mo., 02.03.2026 (Agentur 4710)"
    }


def test_a_bundle_crosses_agencies_but_only_those_in_the_users_scope() -> None:
    vehicles(2, BONN)
    vehicles(1, BERLIN)
    acts.mornings(acts.REQUESTED)
    assert acts.mailed() == [
        (ANNA, "important_letters", 3),
        (CARLA, "important_letters", 3),
        (DORA, "important_letters", 1),
    ]


def test_a_run_in_many_batches_is_still_one_mail() -> None:
    vehicles(3)
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        while notifications.announce(limit=1, by="system"):
            pass
    assert [mail.mentions.count() for mail in queries.waiting()] == [3, 3]


def test_important_letters_wait_for_others_within_the_merge_window(home: Path) -> None:
    vehicles(1)
    at("07:00", rounds.take_steps, rounds.announce, rounds.post)
    assert acts.mails_in(home) == []
    at("07:14", rounds.post)
    assert acts.mails_in(home) == []
    at("07:15", rounds.post)
    assert len(acts.mails_in(home)) == 2


def test_a_letter_that_comes_within_the_window_joins_and_delays_nobody(home: Path) -> None:
    vehicles(1)
    at("07:00", rounds.take_steps, rounds.announce)
    vehicles(1, BERLIN)
    at("07:10", rounds.take_steps, rounds.announce)
    at("07:15", rounds.post)
    assert [(login_id, count) for login_id, _, count in acts.mailed()] == [(ANNA, 2), (CARLA, 2)]
    at("07:25", rounds.post)
    assert acts.mailed()[2:] == [(DORA, "important_letters", 1)]


def test_a_letter_that_comes_after_the_mail_has_left_is_a_mail_of_its_own() -> None:
    vehicles(1)
    at("07:00", rounds.take_steps, rounds.announce)
    at("07:15", rounds.post)
    vehicles(1, BERLIN)
    at("07:20", rounds.take_steps, rounds.announce)
    at("07:35", rounds.post)
    assert [(login_id, count) for login_id, _, count in acts.mailed()] == [(ANNA, 1), (CARLA, 1)] * 2 + [(DORA, 1)]


def test_urgent_reminders_leave_at_once_r3(home: Path) -> None:
    vehicles(1)
    acts.mornings(acts.REQUESTED)
    at("07:00", rounds.take_steps, rounds.announce, rounds.post, day=acts.REMINDED)
    assert acts.mailed()[2:] == [(ANNA, "urgent_reminders", 1), (CARLA, "urgent_reminders", 1)]


def test_a_waiting_bundle_never_delays_an_urgent_one_r3() -> None:
    vehicles(1)
    acts.mornings(acts.REQUESTED)
    acts.register("Z-9", "2026-02-17 06:00")  # to be requested on the day on which the others are reminded
    at("07:00", rounds.take_steps, rounds.announce, rounds.post, day=acts.REMINDED)
    assert {category for _, category, _ in acts.mailed()[2:]} == {"urgent_reminders"}
    at("07:15", rounds.post, day=acts.REMINDED)
    assert {category for _, category, _ in acts.mailed()[4:]} == {"important_letters"}


def test_a_mail_is_sent_once_however_often_the_round_comes_r3(home: Path) -> None:
    vehicles(1)
    acts.mornings(acts.REQUESTED)
    at("08:00", rounds.announce, rounds.post, rounds.announce, rounds.post)
    assert len(acts.mailed()) == len(acts.mails_in(home)) == 2


def test_the_database_refuses_a_second_mention_of_a_letter_to_an_address_r3() -> None:
    vehicles(1)
    acts.mornings(acts.REQUESTED)
    mention = queries.sent()[0].mentions.get()
    mention.pk = None
    with pytest.raises(Exception, match="notifications_one_mail_per_address"):
        mention.save()


def test_a_user_who_wants_only_reminders_gets_only_reminders() -> None:
    cast.choose(BERND, "urgent_reminders", wanted=True)
    vehicles(1)
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    assert [category for login_id, category, _ in acts.mailed() if login_id == BERND] == ["urgent_reminders"]


@pytest.mark.parametrize(("at_", "announces"), [("07:00:30", False), ("07:01:00", True)])
def test_an_announcement_waits_for_the_end_of_the_run_but_not_for_long(at_: str, announces: bool) -> None:
    vehicles(2)
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        cases.advance_due(limit=1, by="system")  # the run is not through
    with clock.turned_to(moment(f"{acts.REQUESTED} {at_}")):
        assert rounds.may_announce() is announces
        rounds.take_steps()
        assert rounds.may_announce() is True
