"""exchange: webhooks are told what the journal says, signed, in order, and nothing of it is lost."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from tests import acts, cast
from tests.lasting import follow
from tests.receiver import Receiver, receiving

from vermittlerpost.config.environment import Environment
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.actions import Subscription, UnfitWebhook, UnknownWebhook
from vermittlerpost.exchange.models import Dispatch
from vermittlerpost.exchange.rules.hooks import HookEvent, is_address, pause_before
from vermittlerpost.exchange.transports import HttpTransport
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

TurnClock = Callable[[str], datetime]
SENT_AT = "2026-03-03 09:00"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def subscribe(receiver: Receiver, *events: HookEvent, holder: str = "kernsystem") -> Subscription:
    with clock.turned_to(acts.moment("2026-01-01 08:00")):
        return exchange.add_webhook(holder=holder, url=receiver.url, wanted=events or tuple(HookEvent), by="operator")


def send(at: str = SENT_AT, **waiting: float) -> int:
    with clock.turned_to(acts.moment(at)):
        follow(**waiting)
        return sum(iter(lambda: exchange.send(HttpTransport(timeout=2), limit=3, by="system"), 0))


def act() -> str:
    """Let a case be opened, asked for, read, acknowledged and ended, and return its letter."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter()
    with clock.turned_to(acts.moment("2026-02-17 09:00")):
        deliver.record_receipt(letter=letter.id, case=letter.case, kind=ReceiptKind.DISPLAYED, by=cast.ANNA)
    with clock.turned_to(acts.moment("2026-02-17 10:00")):
        deliver.record_receipt(letter=letter.id, case=letter.case, kind=ReceiptKind.ACKNOWLEDGED, by=cast.ROBOT)
    acts.apply(at="2026-02-18 10:00")
    return letter.id


def test_a_webhook_is_told_what_happens_to_a_case_in_its_order(stage: None, receiver: Receiver) -> None:
    subscribe(receiver)
    letter = act()
    send()
    assert receiver.types == [
        "letter.issued", "letter.provided", "letter.read", "letter.acknowledged", "case.closed",
    ]  # fmt: skip
    told = [message.content["data"] for message in receiver.messages]
    assert {data["case"] for data in told} == {acts.intake_case("Z-1")}
    assert [data.get("letter") for data in told] == [letter] * 4 + [None]
    assert [data["sequence"] for data in told] == sorted(data["sequence"] for data in told)
    assert told[-1]["reason"] == "application"


def test_a_webhook_is_told_only_what_it_asked_for_and_only_once(stage: None, receiver: Receiver) -> None:
    subscribe(receiver, HookEvent.CASE_CLOSED)
    act()
    send()
    send("2026-03-04 09:00")
    assert receiver.types == ["case.closed"]


def test_what_happened_before_a_webhook_was_set_up_is_not_told(stage: None, receiver: Receiver) -> None:
    act()
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        exchange.add_webhook(holder="kernsystem", url=receiver.url, wanted=tuple(HookEvent), by="operator")
    send()
    assert receiver.messages == []


def test_no_message_names_a_person_a_plate_or_an_evb(stage: None, receiver: Receiver) -> None:
    subscribe(receiver)
    act()
    send()
    everything = b"".join(message.body for message in receiver.messages).decode()
    personal = (acts.POLICYHOLDER, acts.PLATE, acts.VIN, acts.EVB, cast.ANNA, cast.ROBOT, "A-1", "Z-1")
    assert not [name for name in personal if name in everything]


def test_a_message_is_signed_so_that_the_receiver_can_check_it(stage: None, receiver: Receiver) -> None:
    secret = base64.b64decode(subscribe(receiver).secret.removeprefix("whsec_"))
    act()
    send()
    for message in receiver.messages:
        signed = f"{message.headers['webhook-id']}.{message.headers['webhook-timestamp']}.".encode() + message.body
        expected = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
        assert message.headers["webhook-signature"] == f"v1,{expected}"
        assert datetime.fromtimestamp(int(message.headers["webhook-timestamp"]), UTC) == acts.moment(SENT_AT)
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 5


def test_after_an_error_the_same_message_comes_again_and_the_later_ones_of_its_case_wait(
    stage: None, receiver: Receiver
) -> None:
    subscribe(receiver)
    act()
    receiver.statuses = [500, 204]
    send()
    assert receiver.types == ["letter.issued"]
    send("2026-03-03 09:02")
    assert receiver.types[:3] == ["letter.issued", "letter.issued", "letter.provided"]
    first, again = receiver.messages[:2]
    assert (first.body, first.headers["webhook-id"]) == (again.body, again.headers["webhook-id"])
    assert receiver.types[-1] == "case.closed"


def test_another_case_does_not_wait_for_one_whose_message_is_refused(stage: None, receiver: Receiver) -> None:
    subscribe(receiver, HookEvent.LETTER_ISSUED)
    acts.confirm(acts.OTHER_EVB)
    acts.register()
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    receiver.statuses = [400, 204]
    send()
    assert len({message.content["data"]["case"] for message in receiver.messages}) == 2


def test_a_receiver_that_cannot_be_reached_rests_and_gets_everything_later(
    stage: None, receiver: Receiver, unused_url: str
) -> None:
    subscription = subscribe(Receiver(url=unused_url), HookEvent.LETTER_ISSUED)
    acts.confirm(acts.OTHER_EVB)
    acts.register()
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    send()
    attempts = sorted(queries.dispatches(subscription.webhook).values_list("attempts", flat=True))
    assert attempts == [0, 1]
    assert queries.webhooks().get().rests_until == acts.moment(SENT_AT) + timedelta(minutes=1)


@pytest.fixture
def unused_url() -> str:
    with receiving() as gone:
        return gone.url


def test_a_redirect_is_not_followed(stage: None, receiver: Receiver) -> None:
    subscribe(receiver, HookEvent.CASE_CLOSED)
    act()
    receiver.statuses = [307]
    send()
    assert len(receiver.messages) == 1
    assert queries.waiting().get().reply == "HTTP 307"


def test_what_fails_for_72_hours_is_kept_as_failed_and_can_be_redriven(stage: None, receiver: Receiver) -> None:
    subscription = subscribe(receiver, HookEvent.LETTER_ISSUED, HookEvent.CASE_CLOSED)
    act()
    receiver.statuses = [503]
    for hours in range(0, 73, 6):
        send((datetime.fromisoformat(SENT_AT) + timedelta(hours=1.5 * hours)).isoformat(sep=" "))
    [failed] = queries.failed()
    assert (failed.event, failed.reply) == ("letter.issued", "HTTP 503")
    receiver.statuses = [204]
    with clock.turned_to(acts.moment("2026-04-01 09:00")):
        assert exchange.redrive(webhook=subscription.webhook, holder="kernsystem", dispatches=[], by="operator") == 1
    before = len(receiver.messages)
    send("2026-04-01 09:00")
    assert set(receiver.types[before:]) == {"letter.issued", "case.closed"}
    assert not queries.failed().exists()
    kinds = list(journal.about(f"webhook:{subscription.webhook}").values_list("kind", flat=True))
    assert kinds[0] == "webhook.added"
    assert {"webhook.failed", "webhook.redriven", "webhook.delivered"} <= set(kinds)


def test_pauses_double_up_to_six_hours_so_that_72_hours_see_some_twenty_attempts() -> None:
    pauses = [pause_before(repetition, 0) for repetition in range(1, 30)]
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pauses) == timedelta(hours=6)
    assert sum(pauses[:19], timedelta()) < timedelta(hours=72) < sum(pauses[:22], timedelta())


def test_an_ended_webhook_is_told_nothing_and_what_waited_is_kept_as_dropped(stage: None, receiver: Receiver) -> None:
    subscription = subscribe(receiver)
    act()
    follow()
    exchange.end_webhook(webhook=subscription.webhook, holder="kernsystem", by="operator")
    send()
    assert receiver.messages == []
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"dropped"}
    with pytest.raises(UnknownWebhook):
        exchange.end_webhook(webhook=subscription.webhook, holder="kernsystem", by="operator")


def test_a_webhook_belongs_to_its_holder(stage: None, receiver: Receiver) -> None:
    subscription = subscribe(receiver)
    with pytest.raises(UnknownWebhook):
        exchange.end_webhook(webhook=subscription.webhook, holder="anderes", by="operator")
    with pytest.raises(UnknownWebhook):
        exchange.redrive(webhook=subscription.webhook, holder="anderes", dispatches=[], by="operator")


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://core.example/hooks?a=1", True),
        ("https://core.example:8443/", True),
        ("http://core.example/", False),
        ("https://user:pass@core.example/", False),
        ("https://core.example/#x", False),
        ("https:///nowhere", False),
        ("https://core.example:port/", False),
        ("https://core.example/\r\nX: y", False),
        ("ftp://core.example/", False),
        (f"https://core.example/{'x' * 500}", False),
    ],
)
def test_an_address_is_https_with_a_host_and_nothing_secret_in_it(url: str, fits: bool) -> None:
    assert is_address(url, {"https"}) is fits


def test_in_production_a_webhook_without_encryption_is_refused(
    stage: None, receiver: Receiver, settings: LazySettings
) -> None:
    settings.ENVIRONMENT = Environment(environment="production")
    with pytest.raises(UnfitWebhook):
        subscribe(receiver)
