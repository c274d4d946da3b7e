"""A disk that is full for a while: nothing half-written counts, nothing is left lying about, and all is made up for."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.faults import world
from tests.faults.houses import House
from tests.faults.workers import sql

A_LITTLE = 4096
STUCK = sql("SELECT count(*) FROM letters_rendering WHERE stuck_at IS NOT NULL")


@contextmanager
def full_disk(folder: Path) -> Iterator[dict[str, Any]]:
    """Let a folder lie on a disk with hardly any room; where that cannot be had, let no file become large."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={A_LITTLE}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        yield {"largest_file": A_LITTLE // 4}
        return
    try:
        (folder / "taken").write_bytes(b"." * (A_LITTLE - 1024))
        yield {}
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a worker may still be on its way out


def litter(folder: Path) -> list[str]:
    """Return the files that are neither in their place nor gone."""
    return [path.name for path in folder.rglob("*") if path.name.startswith(".") or path.suffix == ".tmp"]


@pytest.fixture(scope="module")
def ready(morning: House) -> Iterator[House]:
    """Return a house in which the morning's letters are written, and no file is made yet."""
    with morning.copy() as house:
        house.do("take_steps", "announce")
        for made_before in ("letters", "mails"):
            (house.home / made_before).rename(house.home / f"earlier-{made_before}")
        yield house


def test_pdfs_are_made_once_there_is_room_again(ready: House) -> None:
    with ready.copy() as house:
        with full_disk(house.home / "letters") as wishes:
            tried, stuck = house.do("render", STUCK, survives=True, **wishes)
        rendered, account = house.do("render", "account", clock=world.LATER)
    assert str(tried).startswith("OSError")
    assert stuck == [[0]]
    assert rendered == 6
    assert [trouble for _, _, trouble in account["pdfs"] if trouble == "none yet"] == []


def test_rendering_onto_a_full_disk_leaves_no_files_behind_and_none_open(ready: House) -> None:
    with ready.copy() as house, full_disk(house.home / "letters") as wishes:
        tasks = ["open_files", "render", ("turn", world.LATER), "render", "open_files"]
        before, *_, after = house.do(*tasks, survives=True, **wishes)
        left = litter(house.home / "letters")
    assert after == before
    assert left == []


def test_a_print_batch_is_finished_once_there_is_room_again(ready: House) -> None:
    with ready.copy() as house:
        with full_disk(house.home / "print") as wishes:
            tried, account = house.do("print_post", "account", survives=True, **wishes)
            left = litter(house.home / "print")
        printed, finished = house.do("print_post", "account", clock=world.LATER)
    assert str(tried).startswith("OSError")
    assert {state for _, state, *_ in account["batches"]} == {"building"}
    assert left == []
    assert len(printed) == 2
    assert [batch[1] for batch in finished["batches"]] == ["built", "built"]
    assert all(batch[3:] == [True, True] for batch in finished["batches"])


def test_mails_to_a_full_disk_are_tried_again(ready: House) -> None:
    with ready.copy() as house:
        with full_disk(house.home / "mails") as wishes:
            account = house.do("post", "account", clock=world.SOON, **wishes)[-1]
            left = litter(house.home / "mails")
        finished = house.do("post", "account", clock=world.LATER)[-1]
    assert [mail[4] for mail in account["mails"]].count("waiting") == 4
    assert left == []
    assert [mail[4] for mail in finished["mails"]] == ["sent"] * 6
    assert [mail[6] for mail in finished["mails"]].count(1) == 4
