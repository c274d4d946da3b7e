"""notifications: what a real mail server refuses is tried again, given up in the end, and shown (R12)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, CARLA
from tests.faults.smtp_server import Fault, MisbehavingServer, running

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions.settling import NothingToSettle
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.transports.smtp import SmtpServer

pytestmark = pytest.mark.usefixtures("stage")

NOON = moment(f"{acts.REMINDED} 12:00")


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with running(MisbehavingServer()) as server:
        yield server


Post = Callable[[timedelta], int]


@pytest.fixture
def post(server: MisbehavingServer) -> Post:
    """Return a function that posts what is due so long after noon."""

    def after(wait: timedelta) -> int:
        with (
            clock.turned_to(NOON + wait),
            SmtpServer(host="127.0.0.1", port=server.port, tls="none", patience=2).open() as line,
        ):
            return notifications.post(line, wiring.operator(), due_by=clock.now(), limit=10, by="system")

    return after


@pytest.fixture
def mail() -> Mail:
    """Return a reminder's mail to Carla that is due at noon; Anna gets none."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    cast.choose(ANNA, "urgent_reminders", wanted=False)
    with clock.turned_to(NOON):
        rounds.take_steps()
        rounds.announce()
    return queries.waiting().get()


NOW = timedelta(0)


def current(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


def told(mail: Mail) -> list[str]:
    return [entry.kind for entry in journal.about(f"mail:{mail.id}")]


def test_a_mail_that_the_server_takes_is_sent_once(mail: Mail, post: Post, server: MisbehavingServer) -> None:
    assert (post(NOW), post(timedelta(hours=1))) == (1, 0)
    assert (current(mail).state, mail.sent_at, mail.attempts) == ("sent", NOON, 1)
    assert [received.recipient for received in server.received] == ["RCPT TO:<carla@brueckner.example>"]
    assert told(mail) == ["mail.sent"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "END"])
def test_what_is_refused_for_now_is_tried_again_after_a_minute_r12(
    mail: Mail, post: Post, server: MisbehavingServer, step: str
) -> None:
    server.faults = [Fault(at=step, reply="451 4.3.0 later", times=1)]
    post(NOW)
    assert current(mail).state == "waiting"
    assert timedelta(seconds=48) <= mail.next_attempt_at - NOON <= timedelta(seconds=72)
    assert post(timedelta(seconds=47)) == 0
    assert post(timedelta(seconds=73)) == 1
    assert (current(mail).state, mail.attempts) == ("sent", 2)
    assert told(mail) == ["mail.delayed", "mail.sent"]
    assert len(server.received) == 1


def test_a_server_that_is_away_costs_nothing_but_time(mail: Mail, post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="CONNECT", reply="421 4.3.2 closed", times=1)]
    post(NOW)
    assert current(mail).state == "waiting"
    post(timedelta(minutes=2))
    assert current(mail).state == "sent"


def test_pauses_grow_and_after_three_days_the_mail_is_refused_and_shown_r12(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="451 4.3.0 later")]
    pauses, tried_at = [], NOON
    while current(mail).state == "waiting":
        tried_at = mail.next_attempt_at
        post(tried_at - NOON)
        pauses.append(current(mail).next_attempt_at - tried_at)
    assert timedelta(hours=72) <= tried_at - NOON <= timedelta(hours=77)
    assert sorted(pauses[:8]) == pauses[:8]
    assert max(pauses) <= timedelta(hours=4, minutes=48)
    assert queries.to_settle().get() == mail


def test_a_mail_that_is_given_up_is_journalled_as_refused_r10(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="451 4.3.0 later")]
    post(NOW)
    post(timedelta(hours=73))
    assert current(mail).state == "refused"
    assert told(mail) == ["mail.delayed", "mail.refused"]


def test_what_is_refused_for_good_is_not_tried_again_but_shown(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="END", reply="554 5.6.0 no")]
    post(NOW)
    assert (current(mail).state, post(timedelta(hours=9))) == ("refused", 0)
    assert queries.to_settle().get() == mail
    assert "554 5.6.0" in mail.reply
    assert told(mail) == ["mail.refused"]


def test_an_address_that_does_not_exist_is_written_to_no_more_and_nobodys_preference_changes(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="550 5.1.1 no such user")]
    post(NOW)
    assert queries.suppressed(["carla@brueckner.example"])
    assert journal.about(f"user:{CARLA}").last().kind == "address.suppressed"  # type: ignore[union-attr] # it is there
    reader = next(one for one in agencies.readers_of([cast.BONN]) if one.login_id == CARLA)
    assert queries.preferences([reader.user], "urgent_reminders")(reader).wanted
    acts.mornings(acts.REMINDED_AGAIN)
    assert acts.decisions(acts.letter().id)[CARLA] == ("not_mailed", "no_address")


def test_an_address_that_is_restored_is_written_to_again_about_new_letters_only(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="550 5.1.1 no such user", times=1)]
    post(NOW)
    notifications.restore("Carla@Brueckner.example", by="insurer")
    assert not queries.suppressed(["carla@brueckner.example"])
    acts.mornings(acts.REMINDED_AGAIN)
    assert acts.decisions(acts.letter().id)[CARLA] == ("mailed", None)
    assert current(mail).state == "refused"


def test_a_full_mailbox_is_not_a_bad_address(mail: Mail, post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="RCPT", reply="552 5.2.2 full")]
    post(NOW)
    assert current(mail).state == "refused"
    assert not queries.suppressed(["carla@brueckner.example"])


def test_a_mail_that_may_have_left_is_unknown_shown_and_never_repeated_by_itself_r3(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="END", times=1)]
    post(NOW)
    assert (current(mail).state, post(timedelta(hours=9))) == ("unknown", 0)
    assert len(server.received) == 1
    assert queries.to_settle().get() == mail
    assert told(mail) == ["mail.unknown"]


def test_what_a_dead_process_was_sending_is_unknown_once_its_lease_has_run_out_r3(mail: Mail) -> None:
    with clock.turned_to(NOON):
        notifications.posting._claim(NOON, 10, by="system")
    with clock.turned_to(NOON + timedelta(minutes=30)):
        assert rounds.doubt_abandoned() == 0
    with clock.turned_to(NOON + timedelta(minutes=31)):
        assert rounds.doubt_abandoned() == 1
    assert (current(mail).state, told(mail)) == ("unknown", ["mail.unknown"])


@pytest.mark.parametrize(("reply", "state"), [("", "unknown"), ("554 5.6.0 no", "refused")])
def test_a_person_settles_or_repeats_what_is_unclear_with_a_reason_r12(
    mail: Mail, post: Post, server: MisbehavingServer, reply: str, state: str
) -> None:
    server.faults = [Fault(at="END", reply=reply, times=1)]
    post(NOW)
    assert current(mail).state == state
    notifications.retry(mail=mail.id, reason="Server hat sie nicht", by="operator")
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        assert queries.waiting().get() == mail
    notifications_entry = journal.about(f"mail:{mail.id}").last()
    assert notifications_entry
    assert (notifications_entry.kind, notifications_entry.actor) == ("mail.retried", "operator")


def test_a_mail_that_is_settled_is_closed_for_good(mail: Mail, post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="END", times=1)]
    post(NOW)
    notifications.settle(mail=mail.id, reason="Empfänger hat sie", by="operator")
    assert current(mail).state == "settled"
    assert not queries.to_settle().exists()
    for act in (notifications.settle, notifications.retry):
        with pytest.raises(NothingToSettle):
            act(mail=mail.id, reason="Noch einmal", by="operator")


def test_a_mail_whose_case_ended_meanwhile_is_not_sent_even_if_somebody_retries_it_r6(
    mail: Mail, post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="END", reply="554 5.6.0 no", times=1)]
    post(NOW)
    acts.apply("A-1", f"{acts.REMINDED} 13:00", vin=acts.VIN)
    with clock.turned_to(NOON + timedelta(hours=2)):
        notifications.retry(mail=mail.id, reason="Server war falsch eingestellt", by="operator")
    post(timedelta(hours=3))
    assert server.received == []
    assert acts.decisions(acts.letter().id)[CARLA] == ("withdrawn", "case_ended")


def test_a_delayed_mail_is_withdrawn_when_its_case_ends(mail: Mail, post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="RCPT", reply="451 4.3.0 later", times=1)]
    post(NOW)
    acts.apply("A-1", f"{acts.REMINDED} 12:00", vin=acts.VIN)
    assert post(timedelta(hours=1)) == 0
    assert current(mail).state == "withdrawn"
