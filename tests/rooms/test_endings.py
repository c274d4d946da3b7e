"""cases: a stop signal ends a case in one transaction and stops everything that has not left yet (R6)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.rules import CloseReason
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

pytestmark = pytest.mark.usefixtures("stage")


def by_application() -> None:
    acts.apply("A-1", "2026-02-16 09:00", vin=acts.VIN)


def by_another_insurer() -> None:
    acts.receive(acts.notice("Z-2", "2026-02-16 09:00", kind="other_insurer"))


def by_deregistration() -> None:
    acts.receive(acts.notice("Z-2", "2026-02-16 09:00", kind="deregistration"))


def by_withdrawal() -> None:
    acts.receive(acts.notice("Z-1", "2026-02-16 09:00", kind="withdrawn"))


ENDS = [
    (by_application, "application"),
    (by_another_insurer, "other_insurer"),
    (by_deregistration, "deregistration"),
    (by_withdrawal, "withdrawn"),
]


@pytest.mark.parametrize(("end", "reason"), ENDS)
def test_the_case_ends_with_its_step_and_the_letter_is_shown_as_settled_with_the_reason_r6(
    end: Callable[[], None], reason: str
) -> None:
    case = acts.register()
    acts.mornings(acts.REQUESTED)
    end()
    acts.mornings(*acts.EVERY_STEP[1:])
    letter = acts.letter()
    assert (acts.case().state, acts.case().close_reason) == ("closed", reason)
    assert (letter.level, letter.settled_on, letter.settled_reason) == (0, date(2026, 2, 16), reason)
    closed = journal.about(case).get(kind="case.closed")
    assert (closed.data["before"], closed.data["after"], closed.data["reason"]) == ("requested", "closed", reason)


def test_a_settled_letter_stays_in_the_mailbox() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    by_application()
    assert delivery.mailbox_of(agencies.user(cast.CARLA)).get().settled_reason == "application"


def take_steps_and_announce() -> None:
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        rounds.announce()


def test_mails_that_have_not_left_are_withdrawn(home: Path) -> None:
    acts.register()
    take_steps_and_announce()
    assert notifications.waiting().count() == 2
    by_application()
    assert not notifications.waiting().exists()
    acts.mornings("2026-02-17")
    assert acts.mails_in(home) == []
    told = acts.decisions(acts.letter().id)
    assert told[cast.ANNA] == told[cast.CARLA] == ("withdrawn", "case_ended")
    assert told[cast.BERND] == ("not_mailed", "preference")


def test_what_was_not_even_announced_makes_no_mail(home: Path) -> None:
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
    by_application()
    acts.mornings("2026-02-17")
    assert acts.mails_in(home) == []
    told = acts.decisions(acts.letter().id)
    assert told[cast.ANNA] == told[cast.CARLA] == ("not_mailed", "case_ended")
    assert told[cast.BERND] == ("not_mailed", "preference")  # the other reasons come first


def test_of_a_bundle_only_what_is_about_the_ended_case_is_taken_out(home: Path) -> None:
    acts.confirm(kind="permanent")
    acts.register("Z-1")
    acts.register("Z-2", vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    take_steps_and_announce()
    by_application()
    with clock.turned_to(moment("2026-02-16 12:00")):
        rounds.post()
    assert len(acts.mails_in(home)) == 2
    assert all("1 wichtiges Schreiben" in mail["Subject"] for mail in acts.mails_in(home))
    assert acts.decisions(acts.letter("Z-2").id)[cast.ANNA] == ("mailed", None)
    assert acts.decisions(acts.letter("Z-1").id)[cast.ANNA] == ("withdrawn", "case_ended")


def test_paper_that_is_not_handed_over_is_withdrawn(home: Path) -> None:
    acts.confirm(agency=cast.DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    by_application()
    assert acts.delivery_of(acts.letter().id).state == "withdrawn"
    assert not delivery.to_print().exists()


def test_paper_that_was_handed_over_is_not_called_back(home: Path) -> None:
    acts.confirm(agency=cast.DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    [batch] = acts.print_post("2026-02-16 08:00")
    acts.hand_over(batch, "2026-02-16 08:30")
    by_application()
    request, *_ = acts.letters_of()
    assert acts.delivery_of(request.id).state == "handed_over"
    assert request.settled_reason == "application"


def test_a_mail_that_has_left_is_followed_by_nothing(home: Path) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    by_application()
    acts.mornings("2026-02-17")
    assert len(acts.mails_in(home)) == 2
    assert acts.decisions(acts.letter().id)[cast.ANNA] == ("mailed", None)


def test_a_case_ends_once_and_the_first_reason_stays() -> None:
    case = acts.register()
    by_application()
    entries = journal.about(case).count()
    cases.end(
        [cases.Ending(case=case, on=date(2026, 2, 20), reason=CloseReason.DEREGISTRATION, cause="Z-9")], by="insurer"
    )
    assert (acts.case().close_reason, acts.case().closed_on) == ("application", date(2026, 2, 16))
    assert journal.about(case).count() == entries
