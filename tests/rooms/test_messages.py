"""notifications: mails that somebody caused reach one address, ask no setting, and leave nothing of what they said."""

import email
import email.policy
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, CARLA, GREGOR
from tests.faults.smtp_server import Fault, MisbehavingServer, running

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.interfaces.ops.bounces.ours import our_mail
from vermittlerpost.journal.models import Entry
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions.messaging import NoAddress
from vermittlerpost.notifications.actions.settling import ContentForgotten
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.texts.headers import NotAddressable
from vermittlerpost.notifications.transports.smtp import SmtpServer

pytestmark = pytest.mark.usefixtures("stage")

NOON = moment("2026-03-20 12:00")
TOKEN = "kennwort/geheim-4711/"
RESET = {"link": TOKEN, "valid_until": "21.03.2026, 12:00 Uhr"}
Post = Callable[[timedelta], int]


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with running(MisbehavingServer()) as server:
        yield server


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


NOW = timedelta(0)


def ask_for_password(login_id: str = CARLA, address: str = "") -> Mail:
    with clock.turned_to(NOON):
        user = agencies.user(login_id).id
        mail = notifications.send_message("password_reset", user=user, content=RESET, address=address, by=login_id)
    return Mail.objects.get(id=mail)


def current(mail: Mail) -> Mail:
    mail.refresh_from_db()
    return mail


def read(server: MisbehavingServer) -> EmailMessage:
    [received] = server.received
    return email.message_from_bytes(received.data, policy=email.policy.default)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_message_reaches_the_stored_address_with_a_whole_link(post: Post, server: MisbehavingServer) -> None:
    mail = ask_for_password()
    assert (post(NOW), post(timedelta(hours=1))) == (1, 0)
    assert (current(mail).state, mail.attempts, mail.sent_at) == ("sent", 1, NOON)
    assert [received.recipient for received in server.received] == ["RCPT TO:<carla@brueckner.example>"]
    assert text_of(read(server)) == (
        "Guten Tag,\n"
        "\n"
        "zu Ihrer Benutzerkennung wurde ein neues Kennwort angefordert. Mit diesem Link legen Sie es fest; "
        "er gilt nur einmal.\n"
        "\n"
        "Link gilt bis: 21.03.2026, 12:00 Uhr\n"
        "\n"
        "Kennwort festlegen:\n"
        "http://127.0.0.1:8000/kennwort/geheim-4711/\n"
        "\n"
        "Sie erhalten diese E-Mail, weil jemand mit Ihrer Benutzerkennung und dieser Adresse ein neues Kennwort "
        "angefordert hat. Waren Sie das nicht, brauchen Sie nichts zu tun: Ihr bisheriges Kennwort gilt weiter.\n"
        "\n"
        "--\n"
        "Vermittlerpost (Probebetrieb), Musterstraße 1, 12345 Musterstadt\n"
    )


def test_a_message_bears_the_headers_of_every_mail_and_no_way_to_switch_it_off(
    post: Post, server: MisbehavingServer
) -> None:
    mail = ask_for_password()
    post(NOW)
    received = read(server)
    assert received["Auto-Submitted"] == "auto-generated"
    assert our_mail(received["Message-ID"]) == mail.id
    assert received["Subject"] == "Neues Kennwort festlegen"
    assert "List-Unsubscribe" not in received
    assert "benachrichtigungen" not in received.as_string().lower()


def test_a_given_address_is_written_to_instead_of_the_stored_one(post: Post, server: MisbehavingServer) -> None:
    ask_for_password(address="neu@brueckner.example")
    post(NOW)
    assert [received.recipient for received in server.received] == ["RCPT TO:<neu@brueckner.example>"]


def test_what_a_message_said_is_gone_once_it_has_left(post: Post) -> None:
    mail = ask_for_password()
    assert mail.content == RESET
    post(NOW)
    assert current(mail).content is None


def test_the_journal_names_the_message_and_nothing_that_it_says(post: Post) -> None:
    ask_for_password()
    post(NOW)
    entries = list(Entry.objects.filter(data__has_key="mail").order_by("id"))
    assert [(entry.subject.partition(":")[0], entry.kind) for entry in entries] == [
        ("user", "message.left"),
        ("mail", "mail.sent"),
    ]
    assert entries[0].data["message"] == entries[1].data["category"] == "password_reset"
    assert not any(secret in str(entry.data) for entry in entries for secret in ("geheim", "carla@", "Uhr"))


def test_no_preference_right_or_role_stands_in_the_way_of_a_message(post: Post, server: MisbehavingServer) -> None:
    cast.change_user(CARLA, rights=(), assigned_agencies=())
    for category in ("important_letters", "urgent_reminders", "news"):
        cast.choose(CARLA, category, wanted=False)
    ask_for_password()
    post(NOW)
    assert len(server.received) == 1


def test_two_messages_are_two_mails_and_join_no_bundle(post: Post, server: MisbehavingServer) -> None:
    assert ask_for_password().id != ask_for_password().id
    assert post(NOW) == 2
    assert len(server.received) == 2


def test_a_suppressed_address_is_not_written_to(post: Post, server: MisbehavingServer) -> None:
    notifications.suppress("Carla@Brueckner.example", reason="RCPT: 550 5.1.1", by="system")
    mail = ask_for_password()
    assert post(NOW) == 1
    assert (current(mail).state, mail.content, server.received) == ("withdrawn", None, [])


def test_the_address_that_a_server_blames_is_suppressed_and_not_the_users_own(
    post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="550 5.1.1 unknown", times=1)]
    ask_for_password(address="neu@brueckner.example")
    post(NOW)
    both = ["neu@brueckner.example", "carla@brueckner.example"]
    assert queries.suppressed(both) == {"neu@brueckner.example"}


def test_a_message_that_is_refused_for_now_is_tried_again_with_its_content(
    post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="451 4.3.0 later", times=1)]
    mail = ask_for_password()
    post(NOW)
    assert (current(mail).state, mail.content) == ("waiting", RESET)
    post(timedelta(minutes=2))
    assert (current(mail).state, mail.content, len(server.received)) == ("sent", None, 1)


def test_a_message_that_may_have_left_is_unknown_and_can_be_retried(post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="END", mail=1, times=1)]
    mail = ask_for_password()
    post(NOW)
    assert (current(mail).state, post(timedelta(days=1))) == ("unknown", 0)
    with clock.turned_to(NOON + timedelta(days=1)):
        notifications.retry(mail=mail.id, reason="Empfänger fragt nach", by="operator")
    assert post(timedelta(days=1)) == 1
    assert (current(mail).state, mail.content) == ("sent", None)


def test_a_message_that_never_left_is_emptied_after_three_days_and_cannot_be_retried(
    post: Post, server: MisbehavingServer
) -> None:
    server.faults = [Fault(at="RCPT", reply="550 5.7.1 no", times=1)]
    mail = ask_for_password()
    post(NOW)
    with clock.turned_to(NOON + timedelta(hours=71)):
        assert rounds.forget_contents() == 0
    with clock.turned_to(NOON + timedelta(hours=73)):
        assert rounds.forget_contents() == 1
        assert current(mail).content is None
        with pytest.raises(ContentForgotten, match="neu veranlassen"):
            notifications.retry(mail=mail.id, reason="noch einmal", by="operator")


def test_a_message_that_somebody_settles_is_emptied(post: Post, server: MisbehavingServer) -> None:
    server.faults = [Fault(at="RCPT", reply="550 5.7.1 no", times=1)]
    mail = ask_for_password()
    post(NOW)
    notifications.settle(mail=mail.id, reason="am Telefon geklärt", by="operator")
    assert (current(mail).state, mail.content) == ("settled", None)


def test_messages_are_no_notifications_and_stand_in_no_list_of_those(post: Post) -> None:
    mail = ask_for_password()
    assert list(queries.waiting()) == [mail]
    post(NOW)
    assert list(queries.sent()) == []
    assert acts.mailed() == []


def test_an_ending_case_takes_no_message_back(post: Post) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    mail = ask_for_password()
    acts.apply(at="2026-03-20 11:00")
    assert current(mail).state == "waiting"
    assert post(NOW) >= 1
    assert current(mail).state == "sent"


def test_who_has_no_address_cannot_be_written_to() -> None:
    with pytest.raises(NoAddress):
        ask_for_password(GREGOR)


@pytest.mark.parametrize("address", ["keine", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"])
def test_what_is_no_address_is_refused_before_anything_is_written(address: str) -> None:
    with pytest.raises(NotAddressable):
        ask_for_password(address=address)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("content", [{}, {"link": "x/"}, RESET | {"password": "geheim"}])
def test_a_content_with_too_little_or_too_much_is_refused(content: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="password_reset needs"):
        notifications.send_message("password_reset", user=agencies.user(ANNA).id, content=content, by=ANNA)


@pytest.mark.parametrize("message", list(MESSAGES))
def test_every_message_can_be_written_and_read_in_both_parts(
    message: str, post: Post, server: MisbehavingServer
) -> None:
    plain = {"link": "dort/", "reply_to": "carla@brueckner.example"}
    content = {key: plain.get(key, f"{key} <b>ä</b>") for key in MESSAGES[message].keys}
    with clock.turned_to(NOON):
        notifications.send_message(message, user=agencies.user(CARLA).id, content=content, by=CARLA)
    post(NOW)
    received = read(server)
    page = received.get_body(("html",))
    assert page is not None
    for key in MESSAGES[message].keys - plain.keys():
        assert f"{key} <b>ä</b>" in text_of(received) + received["Subject"]
        assert f"{key} <b>" not in page.get_content()
    assert received["Reply-To"] == content.get("reply_to")
    assert "$" not in text_of(received)
