"""The watched folder: complete files are fed in their order, once, whoever dies, and come back with their result."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.interfaces.test_commands import command_in
from tests.oracle import sample

from vermittlerpost.cases import queries as cases
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as kept
from vermittlerpost.interfaces.ops import inbox, rounds
from vermittlerpost.interfaces.ops.inbox.folder import Inbox, NoInbox
from vermittlerpost.interfaces.ops.inbox.results import Result
from vermittlerpost.journal.models import Entry

AT_ONCE, LONG_AFTER = timedelta(0), timedelta(hours=1)


class Death(BaseException):
    """What a process that is killed does not survive."""


@pytest.fixture
def folder(tmp_path: Path, db: None, home: Path) -> Path:
    """Return an inbox in which a whole world has arrived, with one row of it wrong."""
    path = tmp_path / "inbox"
    path.mkdir()
    return sample.world(
        path,
        users=["rom1;F1;Anna;anna@f1.example;yes;no;view_portfolio;;yes"],
        preferences=["rom1;urgent_reminders;no"],
        notices=[sample.notice("Z-1", "2026-02-02T06:00:00+01:00"), sample.notice("Z-2", "gestern")],
    )


def laid_down(folder: Path, place: str = "done") -> dict[str, Path]:
    """Return the files in a place by the names under which they arrived."""
    return {path.name.split("-", 1)[1]: path for path in (folder / place).iterdir() if "report" not in path.name}


def result_beside(path: Path) -> dict[str, object]:
    """Read the result of a file that was laid down."""
    content: dict[str, object] = json.loads(path.with_name(f"{path.name}.report.json").read_text(encoding="utf-8"))
    return content


def fed() -> int:
    """Count the feedings that were brought to their end."""
    return Entry.objects.filter(kind="file.fed").count()


def test_what_has_arrived_is_fed_in_its_order_and_laid_down(folder: Path) -> None:
    results = inbox.sweep(folder, settled=AT_ONCE)
    assert [result.file for result in results] == [
        "carriers.csv", "firms.csv", "agencies.csv", "users.csv", "preferences.csv", "evb.csv", "notices.csv",
        "applications.csv",
    ]  # fmt: skip
    assert [case.message_id for case in cases.everything()] == ["Z-1"]
    assert [path.name for path in folder.iterdir() if path.is_file()] == []
    assert set(laid_down(folder)) == {result.file for result in results if result.place == "done"}


def test_each_file_has_its_result_beside_it_for_machines_and_for_people(folder: Path) -> None:
    inbox.sweep(folder, settled=AT_ONCE)
    notices = laid_down(folder)["notices.csv"]
    result = result_beside(notices)
    assert result["counts"] == {"accepted": 1, "known": 0, "refused": 1, "warned": 1}
    assert result["refusals"] == [
        {"row": 3, "column": "received_at", "value": "gestern", "rule": kept.refused_rows()[0].rule}
    ]
    says = notices.with_name(f"{notices.name}.report.txt").read_text(encoding="utf-8")
    assert "1 übernommen, 0 bekannt, 1 abgewiesen" in says
    assert "- Zeile 3, Spalte received_at: „gestern“ – Ein Zeitpunkt nach RFC 3339" in says


@pytest.mark.parametrize(("name", "content"), [("wetter.csv", b"tag;regen\n"), ("evb.csv", b"\xff\xfe")])
def test_a_file_of_which_nothing_can_be_taken_is_refused_with_the_reason(
    folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    results = {result.file: result for result in inbox.sweep(folder, settled=AT_ONCE)}
    assert results[name].place == "refused"
    refused = laid_down(folder, "refused")[name]
    assert refused.read_bytes() == content
    assert result_beside(refused)["refusals"]


def test_what_is_still_written_waits_and_what_follows_it_too(folder: Path) -> None:
    assert inbox.sweep(folder, settled=LONG_AFTER) == []
    assert (folder / "carriers.csv").exists()
    (folder / "evb.csv").rename(folder / "evb.csv.part")
    (folder / ".notices.csv.swp").touch()
    results = [result.file for result in inbox.sweep(folder, settled=AT_ONCE)]
    assert "evb.csv" not in results
    assert (folder / "evb.csv.part").exists()


def test_a_file_that_grows_while_it_is_fed_is_fed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.sweep(folder, settled=AT_ONCE)
    notices = folder / "notices.csv"
    notices.write_text("\n".join([sample.NOTICE, sample.notice("Z-3", "2026-02-02T06:00:00+01:00", "NL00002")]))
    with monkeypatch.context() as patch:
        patch.setattr(intake, "feed", _growing(intake.feed))
        assert inbox.sweep(folder, settled=AT_ONCE) == []
    (result,) = inbox.sweep(folder, settled=AT_ONCE)
    assert (result.counts["known"], result.counts["accepted"]) == (1, 1)
    assert {case.message_id for case in cases.everything()} == {"Z-1", "Z-3", "Z-4"}


def _growing(feed: Callable[..., object]) -> Callable[..., object]:
    def feed_and_grow(path: Path, *, by: str) -> object:
        report = feed(path, by=by)
        with path.open("a") as file:
            file.write("\n" + sample.notice("Z-4", "2026-02-02T06:00:00+01:00", "NL00003", sample.VIN_2))
        return report

    return feed_and_grow


@pytest.mark.parametrize("point", ["take", "keep_draft", "lay_down"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_whoever_dies_at_any_point_loses_and_doubles_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str, when: str
) -> None:
    arrived = {path.name for path in folder.iterdir()}
    with monkeypatch.context() as patch:
        patch.setattr(Inbox, point, _dying(getattr(Inbox, point), when))
        for _ in arrived:
            with pytest.raises(Death):
                inbox.sweep(folder, settled=AT_ONCE)
            if (point, when) == ("take", "before"):
                break
    inbox.sweep(folder, settled=AT_ONCE)
    down = {**laid_down(folder), **laid_down(folder, "refused")}
    assert set(down) == arrived
    assert [path.name for path in (folder / "working").iterdir()] == []
    assert [case.message_id for case in cases.everything()] == ["Z-1"]
    assert len(list(folder.glob("*/*.report.json"))) == len(arrived)


def _dying(act: Callable[..., object], when: str) -> Callable[..., object]:
    def act_and_die(*arguments: object) -> object:
        if when == "after":
            act(*arguments)
        raise Death

    return act_and_die


def test_who_dies_while_a_file_is_laid_down_leaves_its_result_to_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Result, "in_words", _dying(Result.in_words, "after"))
        with pytest.raises(Death):
            inbox.sweep(folder, settled=AT_ONCE)
    before = fed()
    first, *_ = inbox.sweep(folder, settled=AT_ONCE)
    assert (first.file, first.counts["accepted"]) == ("carriers.csv", 1)
    assert fed() == before + 7, "the file in hand was not fed again"


def test_the_same_file_twice_is_as_once_and_neither_pushes_the_other_out(folder: Path) -> None:
    content = (folder / "notices.csv").read_bytes()
    inbox.sweep(folder, settled=AT_ONCE)
    (folder / "notices.csv").write_bytes(content)
    (again,) = inbox.sweep(folder, settled=AT_ONCE)
    assert (again.counts["accepted"], again.counts["known"]) == (0, 1)
    assert len(list((folder / "done").glob("*-notices.csv"))) == 2
    assert cases.everything().count() == 1


def test_links_and_folders_are_left_alone_and_odd_names_are_refused(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("geheim")
    (folder / "evb-2.csv").symlink_to(secret)
    (folder / "notices-old").mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/umsatz-\xff.csv")).write_text("a;b")
    Path(folder / f"{'l' * 240}.csv").write_text("a;b")
    results = inbox.sweep(folder, settled=AT_ONCE)
    assert {"umsatz-?.csv", f"{'l' * 120}.csv"} <= {result.file for result in results if result.place == "refused"}
    assert (folder / "evb-2.csv").is_symlink()


def test_a_folder_that_is_not_there_is_refused_and_the_worker_needs_none(tmp_path: Path, db: None) -> None:
    with pytest.raises(NoInbox):
        inbox.sweep(tmp_path / "nowhere", settled=AT_ONCE)
    assert rounds.take_inbox() == 0


def test_the_worker_looks_after_the_folder_that_is_set(folder: Path, settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"inbox": folder, "inbox_settled": AT_ONCE})
    assert rounds.take_inbox() == 8
    assert rounds.take_inbox() == 0


def test_what_was_laid_down_long_ago_is_removed(folder: Path, settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"inbox": folder, "inbox_settled": AT_ONCE})
    rounds.take_inbox()
    assert rounds.forget_inbox() == 0
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"inbox_kept": AT_ONCE})
    assert rounds.forget_inbox() == 8 * 3
    assert list((folder / "done").iterdir()) == []


def test_an_operator_watches_a_folder_from_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    sample.world(folder)
    finished = command_in(tmp_path / "home")("watch", str(folder), "--once", VERMITTLERPOST_INBOX_SETTLED="PT0S")
    assert finished.returncode == 0, finished.stderr
    assert "done/00000001-carriers.csv: 1 übernommen, 0 bekannt, 0 abgewiesen, 0 mit Warnung" in finished.stdout
    assert (folder / "done" / "00000001-carriers.csv").exists()
