"""notifications: R1 is asked again when the mail leaves, every condition of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BONN, CARLA

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries

pytestmark = pytest.mark.usefixtures("stage")


def announce() -> None:
    """Request an application from Bonn; the mails to Anna and Carla wait for a quarter of an hour."""
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        rounds.announce()


def post(at: str = f"{acts.REQUESTED} 07:15") -> None:
    with clock.turned_to(moment(at)):
        rounds.post()


def deactivate() -> None:
    cast.change_user(CARLA, active=False)


def make_technical() -> None:
    cast.change_user(CARLA, technical=True)


def take_the_right() -> None:
    cast.change_user(CARLA, rights=("basic",))


def assign_elsewhere() -> None:
    cast.change_user(CARLA, assigned_agencies=(cast.DRESDEN,))


def choose_nein() -> None:
    cast.choose(CARLA, "important_letters", wanted=False)


def take_the_role() -> None:
    cast.change_user(CARLA, assigned_agencies=())


def remove_the_address() -> None:
    cast.change_user(CARLA, email="")


def let_the_address_bounce() -> None:
    notifications.suppress("carla@brueckner.example", reason="RCPT: 550 5.1.1", by="system")


def sell_the_agency() -> None:
    cast.change_agency(cast.MUENCHEN, parent="")  # so that Bonn leaves nobody behind
    cast.change_agency(BONN, parent="", firm=cast.OSTERTAG)


CHANGES = [
    (deactivate, "inactive"),
    (make_technical, "technical"),
    (take_the_right, "no_right"),
    (assign_elsewhere, "out_of_scope"),
    (choose_nein, "preference"),
    (take_the_role, "preference"),
    (remove_the_address, "no_address"),
    (let_the_address_bounce, "no_address"),
    (sell_the_agency, "out_of_scope"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
def test_what_no_longer_holds_when_the_mail_leaves_holds_it_back_with_the_reason_r1(
    change: Callable[[], None], reason: str, home: Path
) -> None:
    announce()
    change()
    post()
    assert acts.decisions(acts.letter().id)[CARLA] == ("withdrawn", reason)
    assert "carla@brueckner.example" not in {mail["To"] for mail in acts.mails_in(home)}
    assert not queries.waiting().exists()


def test_the_mails_of_others_leave_all_the_same(home: Path) -> None:
    announce()
    deactivate()
    post()
    assert [mail["To"] for mail in acts.mails_in(home)] == ["anna@brueckner.example"]
    assert acts.decisions(acts.letter().id)[ANNA] == ("mailed", None)


def test_a_mail_that_speaks_of_nothing_any_more_is_withdrawn_and_journalled() -> None:
    announce()
    mail = queries.waiting().get(user__login_id=CARLA)
    deactivate()
    post()
    mail.refresh_from_db()
    assert mail.state == "withdrawn"
    assert journal.about(f"mail:{mail.id}").get().kind == "mail.withdrawn"


def test_of_a_bundle_only_what_may_no_longer_be_told_is_taken_out(home: Path) -> None:
    acts.confirm(acts.OTHER_EVB, agency=cast.KOELN)
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    announce()
    assert [mail.mentions.count() for mail in queries.waiting().filter(user__login_id=ANNA)] == [2]
    cast.change_user(ANNA, assigned_agencies=(BONN,))
    post()
    [mail] = [mail for mail in acts.mails_in(home) if mail["To"] == "anna@brueckner.example"]
    assert mail["Subject"] == "1 wichtiges Schreiben – Frist Mo., 02.03.2026 (Agentur 4710)"
    assert acts.decisions(acts.letter("Z-2").id)[ANNA] == ("withdrawn", "out_of_scope")


def test_a_changed_address_gets_nothing_that_was_decided_for_the_old_one(home: Path) -> None:
    announce()
    cast.change_user(CARLA, email="neu@brueckner.example")
    post()
    assert [mail["To"] for mail in acts.mails_in(home)] == ["anna@brueckner.example"]
    assert acts.decisions(acts.letter().id)[CARLA] == ("withdrawn", "no_address")


def test_the_origin_of_a_withdrawn_mail_is_that_of_the_preference_which_withdrew_it() -> None:
    announce()
    choose_nein()
    post()
    verdict = next(one for one in queries.decisions_about(acts.letter().id) if one.login_id == CARLA)
    assert (verdict.reason, verdict.origin) == ("preference", "explicit")


def test_an_ended_case_is_mailed_about_by_nobody_whatever_the_category_r1_r6(home: Path) -> None:
    announce()
    acts.apply("A-1", f"{acts.REQUESTED} 07:10", vin=acts.VIN)
    post()
    assert acts.mails_in(home) == []
