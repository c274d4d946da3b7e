"""Bounces over REST: the rule of the mailbox, told by a program; told twice is told once."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from tests import acts, cast
from tests.interfaces.api.conftest import System, said

from vermittlerpost.exchange.models import Answer
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.journal import queries as journal
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries

LetIn = Callable[..., System]
CARLA = "carla@brueckner.example"


@pytest.fixture
def provider(system: LetIn, turn_clock: Callable[[str], object]) -> System:
    """Return the program that tells us of bounces, at noon."""
    turn_clock("2026-02-20 12:00")
    return system(Scope.BOUNCES, holder="mailversand")


@pytest.fixture
def mails(stage: None) -> list[str]:
    """Return four mails that were sent to Carla."""
    for number in range(4):
        evb, plate, vin = f"NL7K2P{number}", f"K-WB 444{number}", f"WVWZZZ1JZ3W38675{number}"
        acts.confirm(evb)
        acts.register(f"Z-{number}", f"2026-02-0{2 + number} 06:00", evb=evb, plate=plate, vin=vin)
    acts.mornings("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19")
    return [mail.id for mail in queries.sent() if mail.user.login_id == cast.CARLA]


def bounce(mail: str, **changed: Any) -> dict[str, Any]:
    told = {
        "message_id": f"<{mail}@portal.example>",
        "recipient": CARLA,
        "kind": "permanent",
        "diagnostic": f"550 5.1.1 <{CARLA}>: no such user",
        "at": "2026-02-20T10:00:00+01:00",
    }
    return told | changed


def fate(provider: System, mail: str, **changed: Any) -> str:
    answer = provider.post("bounces", bounce(mail, **changed))
    assert answer.status_code == 200, said(answer)
    return str(said(answer)["fate"])


def test_an_address_that_never_works_is_written_to_no_more(provider: System, mails: list[str]) -> None:
    assert fate(provider, mails[0]) == "suppressed"
    assert queries.suppressed([CARLA]) == {CARLA}
    last = journal.about(f"mail:{mails[0]}").last()
    assert last is not None
    assert (last.kind, last.actor) == ("mail.bounced", "api:mailversand")
    assert last.data["reason"] == "Unzustellbar laut Mailserver, Status 5.1.1", "nothing that quotes the address"


@pytest.mark.parametrize("text", ["<{}@portal.example>", "{}@portal.example", "{}"])
def test_a_message_id_may_come_with_or_without_what_stands_round_it(
    provider: System, mails: list[str], text: str
) -> None:
    assert fate(provider, mails[0], message_id=text.format(mails[0])) == "suppressed"


def test_the_recipient_may_be_told_by_its_hash_and_must_be_whom_we_wrote_to(provider: System, mails: list[str]) -> None:
    for other in ("olga@ostertag.example", sha256(b"olga@ostertag.example").hexdigest()):
        assert fate(provider, mails[0], recipient=other) == "unknown"
    assert queries.suppressed([CARLA, "olga@ostertag.example"]) == set()
    assert fate(provider, mails[0], recipient=sha256(CARLA.encode()).hexdigest()) == "suppressed"
    assert fate(provider, mails[1], recipient=CARLA.upper()) == "suppressed"


def test_the_third_passing_failure_within_a_week_counts_as_one_for_good(provider: System, mails: list[str]) -> None:
    fates = [fate(provider, mail, kind="temporary", diagnostic="") for mail in mails[:3]]
    assert fates == ["counted", "counted", "suppressed"]


def test_what_counts_is_when_it_happened_and_not_in_which_order_it_was_told(
    provider: System, mails: list[str], turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-03-10 12:00")
    days = ("2026-03-05", "2026-02-20", "2026-02-27", "2026-03-08")
    fates = [
        fate(provider, mail, kind="temporary", at=f"{day}T10:00:00Z") for mail, day in zip(mails, days, strict=True)
    ]
    assert fates == ["counted"] * 4
    assert queries.suppressed([CARLA]) == set()


def test_failures_told_late_and_out_of_order_are_seen_to_lie_close_together(
    provider: System, mails: list[str], turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-03-20 12:00")
    days = ("2026-02-26", "2026-02-20", "2026-02-23")
    fates = [
        fate(provider, mail, kind="temporary", at=f"{day}T10:00:00Z") for mail, day in zip(mails, days, strict=False)
    ]
    assert fates == ["counted", "counted", "suppressed"]


@pytest.mark.parametrize("diagnostic", ["452 5.2.2 mailbox full", "5.7.1 blocked", "554 5.4.4 no route"])
def test_what_the_server_calls_passing_is_passing_whatever_the_provider_calls_it(
    provider: System, mails: list[str], diagnostic: str
) -> None:
    assert fate(provider, mails[0], diagnostic=diagnostic) == "counted"


def test_without_a_status_code_the_provider_is_believed(provider: System, mails: list[str]) -> None:
    assert fate(provider, mails[0], diagnostic="mailbox unavailable") == "suppressed"
    assert fate(provider, mails[1], kind="temporary", diagnostic="550 5.1.1") == "counted"


def test_told_again_it_changes_nothing_even_after_the_address_was_set_free(provider: System, mails: list[str]) -> None:
    first = provider.post("bounces", bounce(mails[0]))
    notifications.restore(CARLA, by="operator")
    entries = journal.about(f"mail:{mails[0]}").count()
    second = provider.post("bounces", bounce(mails[0], at="2026-02-20T10:00:05+01:00"))
    assert said(second) == said(first) == {"fate": "suppressed"}
    assert (first.get("Idempotent-Replayed"), second["Idempotent-Replayed"]) == (None, "true")
    assert journal.about(f"mail:{mails[0]}").count() == entries
    assert queries.suppressed([CARLA]) == set()


def test_a_passing_failure_that_becomes_one_for_good_is_another_matter(provider: System, mails: list[str]) -> None:
    assert [fate(provider, mails[0], kind=kind) for kind in ("temporary", "permanent")] == ["counted", "suppressed"]


def test_a_mail_that_we_never_sent_is_unknown_and_nothing_is_kept_of_it(provider: System, mails: list[str]) -> None:
    for message_id in ("M-0000-0000-00001", "<20260220.1@elsewhere.example>"):
        assert fate(provider, "", message_id=message_id) == "unknown"
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"kind": "out_of_office"}, "kind"),
        ({"kind": "delayed"}, "kind"),
        ({"at": "2026-02-20T10:00:00"}, "at"),
        ({"recipient": ""}, "recipient"),
        ({"message_id": "M-1 2"}, "message_id"),
        ({"subject": "Abwesend"}, "subject"),
    ],
)
def test_what_is_no_bounce_is_refused_by_name(
    provider: System, mails: list[str], changed: dict[str, str], column: str
) -> None:
    answer = provider.post("bounces", bounce(mails[0], **changed))
    assert answer.status_code == 422
    assert said(answer)["errors"][0]["column"].endswith(column)
    assert queries.suppressed([CARLA]) == set()


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_before_the_mail_or_after_now_is_taken_for_the_nearest_that_can_be(
    provider: System, mails: list[str], at: str
) -> None:
    assert fate(provider, mails[0], kind="temporary", at=at) == "counted"


def test_a_key_for_something_else_tells_nothing(system: LetIn, mails: list[str]) -> None:
    answer = system(Scope.FEED_NOTICES).post("bounces", bounce(mails[0]))
    assert (answer.status_code, said(answer)["code"]) == (403, "scope_missing")
