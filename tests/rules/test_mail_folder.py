"""The folder: each mail is one whole file, however often it is sent."""

from pathlib import Path

from vermittlerpost.notifications.transports import TRANSPORTS, Envelope, Outcome, Result
from vermittlerpost.notifications.transports.folder import MailFolder, file_name

MAIL = Envelope(
    mail="M-1",
    sender="post@portal.example",
    recipient="a@makler.example",
    data=b"Message-ID: <M-1@portal.example>\r\n\r\nGuten Tag\r\n",
)


def send(folder: Path, *envelopes: Envelope) -> list[Result]:
    with MailFolder(path=folder).open() as line:
        return list(line.send(envelopes))


def test_a_mail_becomes_one_file_with_exactly_its_bytes(tmp_path: Path) -> None:
    assert send(tmp_path / "mails", MAIL) == [Result(mail="M-1", outcome=Outcome.SENT)]
    (file,) = (tmp_path / "mails").iterdir()
    assert file.name.startswith("M-1-")
    assert file.suffix == ".eml"
    assert file.read_bytes() == MAIL.data


def test_a_mail_sent_twice_is_still_one_file(tmp_path: Path) -> None:
    send(tmp_path, MAIL)
    send(tmp_path, MAIL)
    assert len(list(tmp_path.iterdir())) == 1


def test_two_mails_of_the_same_number_from_two_worlds_stay_apart(tmp_path: Path) -> None:
    other = Envelope(
        mail="M-1",
        sender=MAIL.sender,
        recipient=MAIL.recipient,
        data=MAIL.data.replace(b"portal", b"anderes"),
    )
    send(tmp_path, MAIL, other)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_mail_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    send(tmp_path / "mails", Envelope(mail="../../M", sender="", recipient="", data=b"\r\n"))
    assert [path.name for path in tmp_path.iterdir()] == ["mails"]


def test_what_the_disk_refuses_can_be_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("a file where the folder should be")
    assert send(tmp_path / "mails", MAIL) == [
        Result(mail="M-1", outcome=Outcome.REFUSED_TEMPORARILY, reason="Datei: EEXIST")
    ]


def test_an_unfinished_file_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / file_name(MAIL)).mkdir()  # stands in the way of the last step
    assert [result.reason for result in send(tmp_path, MAIL)] == ["Datei: EISDIR"]
    assert [path.name for path in tmp_path.iterdir()] == [file_name(MAIL)]


def test_both_ways_out_are_in_the_catalogue() -> None:
    assert {code: transport.title for code, transport in TRANSPORTS.items()} == {
        "folder": "Ordner",
        "smtp": "SMTP-Server",
    }
