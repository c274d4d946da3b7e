"""Files by the hash of their content: kept whole, once, and never passed off as something else."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vermittlerpost.lib.storage import Folder, FolderStore, Missing

LETTER, OTHER = b"%PDF-1.7 one", b"%PDF-1.7 other"


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "letters")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_was_put_is_found_under_the_hash_of_its_content(store: FolderStore, contents: list[bytes]) -> None:
    names = [store.put(content) for content in contents]
    assert names == [hashlib.sha256(content).hexdigest() for content in contents]
    assert [store.get(name) for name in names] == contents


def test_what_is_the_same_is_kept_once_and_never_written_again(store: FolderStore) -> None:
    first, second, third = store.put(LETTER), store.put(LETTER), store.put(OTHER)
    written_at = store.path(first).stat().st_mtime_ns
    assert store.put(LETTER) == first == second != third
    assert len(files(store.folder)) == 2
    assert store.path(first).stat().st_mtime_ns == written_at


def test_a_file_that_is_missing_is_refused(store: FolderStore) -> None:
    with pytest.raises(Missing):
        store.get("0" * 64)


def test_a_file_that_was_tampered_with_is_refused(store: FolderStore) -> None:
    name = store.put(LETTER)
    store.path(name).write_bytes(OTHER)
    with pytest.raises(Missing, match="damaged"):
        store.get(name)


def test_what_a_dying_process_left_half_written_is_in_nobodys_way(store: FolderStore) -> None:
    name = hashlib.sha256(LETTER).hexdigest()
    store.path(name).parent.mkdir(parents=True)
    store.path(name).with_name(f".{name}.4711").write_bytes(LETTER[:3])
    with pytest.raises(Missing):
        store.get(name)
    assert store.get(store.put(LETTER)) == LETTER


def test_a_named_file_is_replaced_as_a_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "print")
    folder.write("D-1.csv", b"draft")
    sha256 = folder.write("D-1.csv", LETTER)
    assert sha256 == hashlib.sha256(LETTER).hexdigest()
    assert files(folder.path) == [folder.path / "D-1.csv"]
    assert (folder.path / "D-1.csv").read_bytes() == LETTER
