"""Bounces: who can never be reached is written to no more, who cannot today is counted, who is away is left alone."""

import mailbox
from datetime import timedelta
from pathlib import Path

import pytest
from tests import acts, cast
from tests.interfaces.ops.bounced import imap, out_of_office, report

from vermittlerpost.interfaces.ops import bounces
from vermittlerpost.interfaces.ops.bounces.boxes import BoxUnreachable, box_at
from vermittlerpost.interfaces.ops.bounces.reading import bounce_in
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.rules import Bounce, BounceFate

CARLA = "carla@brueckner.example"
MAIL = identifiers.derive("M", "carla", "urgent_reminders", "S-1")


@pytest.mark.parametrize(
    ("status", "is_permanent"),
    [
        ("5.1.1", True),  # no such user
        ("5.1.10", True),  # the domain takes no mail
        ("5.2.1", True),  # mailbox closed
        ("5.0.0", True),  # no more is known than: for good
        ("5.2.2", False),  # full
        ("5.7.1", False),  # refused by a policy
        ("5.4.4", False),  # no route
        ("4.4.7", False),  # given up after days of trying
    ],
)
def test_what_is_for_good_is_told_from_what_may_pass(status: str, is_permanent: bool) -> None:
    found = bounce_in(report(MAIL, status))
    assert found == Bounce(
        mail=MAIL, is_permanent=is_permanent, reason=f"Unzustellbar laut Mailserver, Status {status}"
    )


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_the_mail_is_known_by_what_came_back_whole_or_in_part(returned: str) -> None:
    found = bounce_in(report(MAIL, returned=returned))
    assert found is not None
    assert found.mail == MAIL


@pytest.mark.parametrize(
    "content",
    [
        out_of_office(MAIL),
        report(MAIL, action="delayed", status="4.4.1"),  # the server goes on trying
        report(MAIL, action="delivered", status="2.0.0"),
        report("M-0000-0000-00001"),  # the check character is wrong
        report("somebody-elses"),
        b"",
        b"\xff\xfe\x00 no mail at all",
        report(MAIL)[:400],  # cut off
    ],
)
def test_what_is_no_report_about_a_failed_mail_of_ours_is_no_bounce(content: bytes) -> None:
    assert bounce_in(content) is None


@pytest.fixture
def mails(stage: None) -> list[str]:
    """Return four mails that were sent to Carla."""
    for number in range(4):
        evb, plate, vin = f"NL7K2P{number}", f"K-WB 444{number}", f"WVWZZZ1JZ3W38675{number}"
        acts.confirm(evb) if evb != acts.EVB else None
        acts.register(f"Z-{number}", f"2026-02-0{2 + number} 06:00", evb=evb, plate=plate, vin=vin)
    acts.mornings("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19")
    found = [mail.id for mail in queries.sent() if mail.user.login_id == cast.CARLA]
    assert len(found) == 4
    return found


def bounce(mail: str, status: str, at: str = "2026-02-20 10:00") -> BounceFate:
    found = bounce_in(report(mail, status))
    assert found is not None
    with clock.turned_to(acts.moment(at)):
        return notifications.note_bounce(found, by="system")


def test_an_address_that_never_works_is_written_to_no_more(mails: list[str]) -> None:
    assert bounce(mails[0], "5.1.1") is BounceFate.SUPPRESSED
    assert queries.suppressed([CARLA]) == {CARLA}
    last = journal.about(f"user:{cast.CARLA}").last()
    assert last is not None
    assert last.kind == "address.suppressed"
    assert CARLA not in str(last.data)
    assert [entry.kind for entry in journal.about(f"mail:{mails[0]}")] == ["mail.sent", "mail.bounced"]


def test_the_third_passing_failure_within_a_week_counts_as_one_for_good(mails: list[str]) -> None:
    fates = [bounce(mail, "5.2.2", f"2026-02-2{day} 10:00") for day, mail in enumerate(mails[:3])]
    assert fates == [BounceFate.COUNTED, BounceFate.COUNTED, BounceFate.SUPPRESSED]


def test_passing_failures_that_lie_far_apart_change_nothing(mails: list[str]) -> None:
    days = ("2026-02-20", "2026-02-24", "2026-02-28", "2026-03-04")
    fates = [bounce(mail, "5.2.2", f"{day} 10:00") for day, mail in zip(days, mails, strict=True)]
    assert fates == [BounceFate.COUNTED] * 4
    assert queries.suppressed([CARLA]) == set()


def test_the_same_report_read_twice_counts_once(mails: list[str]) -> None:
    assert [bounce(mails[0], "5.2.2") for _ in range(3)] == [
        BounceFate.COUNTED, BounceFate.UNKNOWN, BounceFate.UNKNOWN,
    ]  # fmt: skip


def test_a_forged_report_suppresses_nobody_but_whom_we_wrote_to(mails: list[str]) -> None:
    olga = "olga@ostertag.example"
    found = bounce_in(report(mails[0], recipient=olga))
    assert found is not None
    notifications.note_bounce(found, by="system")
    assert queries.suppressed([olga, CARLA]) == {CARLA}
    assert bounce(MAIL, "5.1.1") is BounceFate.UNKNOWN, "we never sent that"


def _maildir(folder: Path, *contents: bytes) -> str:
    box = mailbox.Maildir(str(folder))
    for content in contents:
        box.add(content)
    return f"maildir:{folder}"


def _read(address: str, password: str = "geheim") -> dict[str, int]:
    return dict(bounces.read(box_at(address, password), by="system"))


def test_a_maildir_is_read_once_and_its_mails_stay(mails: list[str], tmp_path: Path) -> None:
    address = _maildir(tmp_path / "box", report(mails[0]), out_of_office(mails[1]))
    assert _read(address) == {BounceFate.SUPPRESSED: 1, bounces.NO_BOUNCE: 1}
    assert _read(address) == {}
    assert len(mailbox.Maildir(str(tmp_path / "box"))) == 2


def test_a_mailbox_over_imap_is_read_once_and_its_mails_stay(mails: list[str]) -> None:
    with imap(report(mails[0], "5.2.2"), out_of_office(mails[1])) as server:
        address = f"imap://bounces@127.0.0.1:{server.server_address[1]}/INBOX"
        assert _read(address) == {BounceFate.COUNTED: 1, bounces.NO_BOUNCE: 1}
        assert _read(address) == {}
        assert server.seen == {1, 2}


@pytest.mark.parametrize(
    "address",
    [
        "maildir:{folder}/nowhere",
        "imap://bounces@127.0.0.1:1/INBOX",  # nobody listens
        "imap://bounces@127.0.0.1:{port}/INBOX",  # with a wrong password
    ],
)
def test_a_mailbox_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, address: str) -> None:
    with imap() as server, pytest.raises(BoxUnreachable):
        _read(address.format(folder=tmp_path, port=server.server_address[1]), password="falsch")


def test_a_lifted_suppression_lets_the_next_mail_go(mails: list[str]) -> None:
    bounce(mails[0], "5.1.1")
    notifications.restore(CARLA, by="operator")
    with clock.turned_to(acts.moment("2026-02-20 10:00") + timedelta(days=1)):
        assert queries.suppressed([CARLA]) == set()
