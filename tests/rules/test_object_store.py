"""Files by the hash of their content in an object store: the promises of a folder, kept elsewhere."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.object_server import KEY, SECRET, ObjectServer

from vermittlerpost.lib import extras
from vermittlerpost.lib.storage import Away, Bucket, FolderStore, Missing, ObjectStore

LETTER, OTHER = b"%PDF-1.7 one", b"%PDF-1.7 other"
PREFIX = "haus/schreiben"


@pytest.fixture
def place(objects: ObjectServer) -> Bucket:
    return Bucket(
        name=objects.new_bucket(), prefix=PREFIX, endpoint=objects.endpoint, access_key=KEY, secret_key=SECRET
    )


@pytest.fixture
def store(place: Bucket) -> ObjectStore:
    return ObjectStore(place)


def key(content: bytes) -> str:
    name = hashlib.sha256(content).hexdigest()
    return f"{PREFIX}/{name[:2]}/{name}"


def test_what_was_put_is_found_under_the_hash_of_its_content(
    store: ObjectStore, place: Bucket, objects: ObjectServer
) -> None:
    assert store.is_empty()
    names = [store.put(content) for content in (LETTER, OTHER, b"")]
    assert names == [hashlib.sha256(content).hexdigest() for content in (LETTER, OTHER, b"")]
    assert [store.get(name) for name in names] == [LETTER, OTHER, b""]
    assert set(objects.keys(place.name)) == {key(content) for content in (LETTER, OTHER, b"")}
    assert not store.is_empty()


def test_what_is_the_same_is_kept_once_and_never_written_again(
    store: ObjectStore, place: Bucket, objects: ObjectServer
) -> None:
    store.put(LETTER)
    written_at = objects.client().head_object(Bucket=place.name, Key=key(LETTER))["LastModified"]
    objects.client().put_object(Bucket=place.name, Key=key(OTHER), Body=b"half")
    store.put(LETTER)
    assert store.get(store.put(OTHER)) == OTHER
    assert objects.client().head_object(Bucket=place.name, Key=key(LETTER))["LastModified"] == written_at


def test_what_is_missing_or_was_tampered_with_is_refused(
    store: ObjectStore, place: Bucket, objects: ObjectServer
) -> None:
    with pytest.raises(Missing):
        store.get("0" * 64)
    name = store.put(LETTER)
    objects.client().put_object(Bucket=place.name, Key=key(LETTER), Body=OTHER)
    with pytest.raises(Missing, match="damaged"):
        store.get(name)


def test_what_is_removed_is_gone_and_removing_it_again_is_no_matter(store: ObjectStore) -> None:
    name = store.put(LETTER)
    for _ in range(2):
        store.remove(name)
    assert store.is_empty()


def test_contents_go_out_into_a_folder_and_come_in_from_it(store: ObjectStore, place: Bucket, tmp_path: Path) -> None:
    names = [store.put(str(number).encode()) for number in range(20)]
    store.copy_out([*names, "0" * 64], tmp_path / "out")
    kept = FolderStore(tmp_path / "out")
    assert [kept.get(name) for name in names] == [store.get(name) for name in names]
    other = ObjectStore(replace(place, prefix="anderswo"))
    other.copy_in(tmp_path / "out")
    assert [other.get(name) for name in names] == [store.get(name) for name in names]


def test_trying_it_out_leaves_nothing_behind(store: ObjectStore) -> None:
    store.try_out()
    assert store.is_empty()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"endpoint": "http://127.0.0.1:9"}, "EndpointConnectionError"),
        ({"name": "gibt-es-nicht"}, "NoSuchBucket"),
        ({"secret_key": "falsch"}, "SignatureDoesNotMatch"),
        ({"access_key": "fremd"}, "InvalidAccessKeyId"),
    ],
)
def test_a_store_that_cannot_be_asked_says_so_at_once_and_why(place: Bucket, changed: dict[str, str], why: str) -> None:
    store = ObjectStore(replace(place, **changed))
    for ask in (store.is_empty, store.try_out, lambda: store.put(LETTER), lambda: store.get("0" * 64)):
        with pytest.raises(Away, match="einigen Minuten") as trouble:
            ask()
        assert trouble.value.why in {why, "403"}
    assert SECRET not in repr(place)


def test_a_missing_library_is_named_with_what_installs_it() -> None:
    with pytest.raises(extras.ExtraMissing, match=r"no_such_library.*vermittlerpost\[s3\]"):
        extras.load("no_such_library.errors", extra="s3")
