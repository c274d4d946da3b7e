"""Paper that goes to the print shop by SFTP: whole or not at all, once, to the server that is meant; and answers."""

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncssh
import pytest
from django.conf import LazySettings
from pydantic import SecretStr
from tests import acts, sftp_server
from tests.acts import moment
from tests.cast import DRESDEN
from tests.sftp_server import PASSWORD, USER, PrintServer

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.transports.sftp import SftpServer
from vermittlerpost.intake import queries as kept
from vermittlerpost.interfaces.ops import answers, health, queues, rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

NOON, AFTERNOON, LATER = (f"{acts.REQUESTED} {hour}" for hour in ("12:00", "12:30", "12:31"))
SetTo = Callable[..., None]


@pytest.fixture
def set_to(settings: LazySettings) -> SetTo:
    def choose(**chosen: object) -> None:
        settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=chosen)

    return choose


@pytest.fixture
def shop(tmp_path: Path, set_to: SetTo) -> Iterator[PrintServer]:
    """Return a print shop with a server that takes batches half an hour after they were built."""
    with sftp_server.serving(tmp_path / "shop") as server:
        set_to(
            print_sftp=f"sftp://{USER}@127.0.0.1:{server.port}/eingang",
            print_sftp_host_key=server.host_key,
            print_sftp_password=SecretStr(PASSWORD),
            print_sftp_answers="/antworten",
        )
        yield server


@pytest.fixture
def batch(shop: PrintServer) -> str:
    """Return a batch of one letter that waits to be handed over."""
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (built,) = acts.print_post(NOON)
    return built


def bring(at: str = AFTERNOON) -> list[str]:
    with clock.turned_to(moment(at)):
        return rounds.bring_to_print_shop()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def whole(batch: str) -> set[str]:
    return {f"{batch}.pdf", f"{batch}.csv", f"{batch}.sha256"}


def finding() -> health.Finding:
    return next(one for one in health.findings() if one.subject == "Druckerei")


def test_a_batch_arrives_whole_with_its_checksums_last_and_is_sent_once(
    batch: str, shop: PrintServer, home: Path
) -> None:
    assert bring() == [batch]
    assert names(shop.incoming) == whole(batch)
    assert shop.uploads == [f".{batch}.pdf.part", f".{batch}.csv.part", f".{batch}.sha256.part"]
    sums = dict(line.split("  ")[::-1] for line in (shop.incoming / f"{batch}.sha256").read_text().splitlines())
    for name, sha256 in sums.items():
        content = (shop.incoming / name).read_bytes()
        assert content == (home / "print" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
    assert bring(LATER) == []
    assert [entry.kind for entry in journal.about(f"batch:{batch}")][-1] == "print_batch.sent"


def test_what_lies_there_already_is_not_sent_again_and_what_is_other_is_replaced(
    batch: str, shop: PrintServer, home: Path
) -> None:
    whole_pdf = (home / "print" / f"{batch}.pdf").read_bytes()
    (shop.incoming / f"{batch}.pdf").write_bytes(whole_pdf)
    (shop.incoming / f"{batch}.csv").write_bytes(b"from before")
    (shop.incoming / f".{batch}.csv.part").write_bytes(b"ha")
    assert bring() == [batch]
    assert shop.uploads == [f".{batch}.csv.part", f".{batch}.sha256.part"]
    assert (shop.incoming / f"{batch}.csv").read_bytes() == (home / "print" / f"{batch}.csv").read_bytes()
    assert names(shop.incoming) == whole(batch)


def test_an_older_server_that_renames_over_nothing_takes_batches_as_well(batch: str, shop: PrintServer) -> None:
    shop.renames_over = False
    (shop.incoming / f"{batch}.csv").write_bytes(b"from before")
    assert bring() == [batch]
    assert names(shop.incoming) == whole(batch)


def test_a_line_that_breaks_in_mid_upload_leaves_nothing_half_under_its_name(batch: str, shop: PrintServer) -> None:
    shop.drops_after = 1000
    assert bring() == []
    assert names(shop.incoming) == {f".{batch}.pdf.part"}
    shop.drops_after = None
    assert bring(LATER) == [batch]
    assert names(shop.incoming) == whole(batch)


@pytest.mark.parametrize("trouble", [{"room": 1000}, {"garbles": True}, {"is_locked": True}])
def test_a_full_disk_changed_bytes_and_a_locked_folder_leave_nothing_there_and_are_tried_again(
    batch: str, shop: PrintServer, trouble: dict[str, int]
) -> None:
    before = vars(shop) | {}
    vars(shop).update(trouble)
    assert bring() == []
    assert names(shop.incoming) == set()
    vars(shop).update({name: before[name] for name in trouble})
    assert bring(LATER) == [batch]
    assert names(shop.incoming) == whole(batch)


def test_a_folder_that_is_not_there_is_not_made_in_its_place(batch: str, shop: PrintServer) -> None:
    shop.incoming.rmdir()
    assert (bring(), finding().is_ok) == ([], False)
    assert not shop.incoming.exists()


def test_a_server_with_another_key_is_told_nothing(batch: str, shop: PrintServer, set_to: SetTo) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    set_to(print_sftp_host_key=other)
    assert (bring(), shop.uploads) == ([], [])
    assert "anderen Schlüssel" in finding().sentence
    set_to(print_sftp_host_key=f"{other.strip()}|{shop.host_key}")
    assert bring(LATER) == [batch]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"print_sftp_password": SecretStr("falsch")}, "lässt vermittlerpost nicht herein"),
        ({"print_sftp_key": Path("/nirgends")}, "Ein Schlüssel ist nicht zu lesen"),
        ({"print_sftp_host_key": "ssh-ed25519 unsinn"}, "Ein Schlüssel ist nicht zu lesen"),
        ({"print_sftp": f"sftp://{USER}@127.0.0.1:9/eingang"}, "127.0.0.1:9 antwortet nicht"),
    ],
)
def test_a_shop_that_cannot_be_reached_is_stuck_after_a_while_and_the_doctor_says_why(
    batch: str, wrong: dict[str, object], says: str, set_to: SetTo
) -> None:
    set_to(**wrong)
    assert bring() == []
    assert (says in finding().sentence, PASSWORD in finding().sentence, finding().is_ok) == (True, False, False)
    with clock.turned_to(moment("2026-02-18 12:31")):
        assert queues.stuck_in(queues.readings()) == ["Druckstapel: 1"]


def test_who_shows_a_key_needs_no_password(tmp_path: Path, batch: str, set_to: SetTo) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    key.write_private_key(str(tmp_path / "key"))
    key.write_public_key(str(tmp_path / "key.pub"))
    with sftp_server.serving(tmp_path / "other", tmp_path / "key.pub") as server:
        set_to(
            print_sftp=f"sftp://{USER}@127.0.0.1:{server.port}/eingang",
            print_sftp_host_key=server.host_key,
            print_sftp_key=tmp_path / "key",
            print_sftp_password=SecretStr(""),
        )
        assert bring() == [batch]
        assert finding().sentence == f"{USER}@127.0.0.1:{server.port} nimmt in /eingang an."
        assert names(server.incoming) == whole(batch)


def test_answers_are_fetched_from_the_server_fed_once_and_laid_beside(batch: str, shop: PrintServer) -> None:
    bring()
    sha256 = delivery.batches().get(id=batch).sha256
    _answer(
        shop,
        "print_receipts-1.csv",
        "batch;pdf_sha256;letters;received_at;printed_at",
        f"{batch};{sha256};1;{acts.REQUESTED}T13:00:00;",
    )
    _answer(
        shop,
        "print_receipts-2.csv",
        "batch;pdf_sha256;letters;received_at;printed_at",
        f"{batch};{'0' * 64};1;{acts.REQUESTED}T13:00:00;",
    )
    _answer(shop, "returns.csv", "letter;returned_on;reason", f"{acts.letter().id};2026-02-20;verzogen")
    _answer(shop, "notices.csv", "was nicht von einer Druckerei kommt")
    _answer(shop, "print_receipts-3.csv", "halb", seconds_ago=0)
    with clock.turned_to(moment("2026-02-21 09:00")):
        assert rounds.take_answers_of_print_shop() == 3
        assert rounds.take_answers_of_print_shop() == 0
    assert delivery.batches().get(id=batch).confirmed_at == moment(f"{acts.REQUESTED} 13:00")
    assert [one.letter_id for one in delivery.returned()] == [acts.letter().id]
    assert [(row.column, row.value) for row in kept.refused_rows()] == [("pdf_sha256", "0" * 64)]
    assert names(shop.answers) == {"notices.csv", "print_receipts-3.csv", "working", "done", "refused"}
    assert names(shop.answers / "working") == set()
    assert sorted(name[9:] for name in names(shop.answers / "done")) == [
        "print_receipts-1.csv", "print_receipts-1.csv.report.txt", "returns.csv", "returns.csv.report.txt",
    ]  # fmt: skip
    [report] = (shop.answers / "refused").glob("*.report.txt")
    assert "eine andere Datei als die übergebene" in report.read_text(encoding="utf-8")


def test_what_a_dead_process_had_in_hand_is_fed_and_the_new_file_of_that_name_after_it(
    batch: str, shop: PrintServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring()
    head, row = "letter;returned_on;reason", f"{acts.letter().id};2026-02-20;verzogen"
    _answer(shop, "returns.csv", head, row)
    with clock.turned_to(moment("2026-02-21 09:00")):
        with monkeypatch.context() as patch:
            patch.setattr(answers, "_fed", _dead)
            with pytest.raises(KeyboardInterrupt):
                rounds.take_answers_of_print_shop()
        _answer(shop, "returns.csv", head, row.replace("02-20", "02-21"))
        assert [rounds.take_answers_of_print_shop() for _ in range(3)] == [1, 1, 0]
    assert len(list((shop.answers / "done").glob("*-returns.csv"))) == 1
    assert len(list((shop.answers / "refused").glob("*-returns.csv"))) == 1


def _dead(_: object) -> None:
    raise KeyboardInterrupt


def test_a_shop_that_is_away_answers_the_next_time(shop: PrintServer, set_to: SetTo) -> None:
    set_to(print_sftp=f"sftp://{USER}@127.0.0.1:9/eingang")
    assert rounds.take_answers_of_print_shop() == 0


def _answer(shop: PrintServer, name: str, *lines: str, seconds_ago: int = 60) -> None:
    path = shop.answers / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    written_at = path.stat().st_mtime - seconds_ago
    os.utime(path, (written_at, written_at))


def test_the_print_shop_is_spoken_with_where_a_loop_is_running_already(shop: PrintServer) -> None:
    server = SftpServer(
        host="127.0.0.1",
        port=shop.port,
        user=USER,
        folder="/eingang",
        host_keys=[shop.host_key],
        password=PASSWORD,
    )

    async def asked() -> str:
        return server.check()

    with ThreadPoolExecutor(1) as thread:
        assert "nimmt in /eingang an" in thread.submit(asyncio.run, asked()).result()
