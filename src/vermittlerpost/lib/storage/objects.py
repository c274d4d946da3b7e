"""Files in an object store that speaks S3; its library is loaded when one is asked."""

import base64
import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from vermittlerpost.lib import extras, parallel
from vermittlerpost.lib.storage.contents import Away, Missing, place, proven

_log = logging.getLogger(__name__)

_PATIENCE = {"connect_timeout": 3, "read_timeout": 15, "retries": {"mode": "standard", "max_attempts": 2}}
"""Seconds and attempts; somebody may be waiting for the page."""
_CONNECTIONS = 16
_UNKNOWN = {"NoSuchKey", "404"}
_TRIAL = ".trial"
"""The name of what is put, read and removed to see whether that can be done."""


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A bucket of an object store; without an endpoint it is Amazon's, without a key the library looks for one."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


class ObjectStore:
    """A bucket of files by the hash of their content, all of them below a prefix."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._below = f"{bucket.prefix.strip('/')}/".lstrip("/")

    def __str__(self) -> str:
        return f"s3://{self._bucket.name}/{self._below}"

    def put(self, content: bytes) -> str:
        """Keep a content durably and return its SHA-256 in hexadecimal; several threads may put at once."""
        name = hashlib.sha256(content).hexdigest()
        if self._size(place(name)) != len(content):
            self._write(place(name), content)
        return name

    def get(self, name: str) -> bytes:
        """Return a content by its hash; refuses one that is missing or no longer what it was."""
        return proven(name, self._read(place(name)))

    def remove(self, name: str) -> None:
        """Remove a content; one that is gone already is no matter."""
        self._delete(place(name))

    def is_empty(self) -> bool:
        """Tell whether nothing at all lies below the prefix."""
        with self._asking() as client:
            found = client.list_objects_v2(Bucket=self._bucket.name, Prefix=self._below, MaxKeys=1)
        return not found.get("KeyCount")

    def copy_out(self, names: Iterable[str], folder: Path) -> None:
        """Copy contents into a folder, each where `place` says; passes over what is missing."""

        def copy(name: str) -> None:
            path = folder / place(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(Missing):
                path.write_bytes(self.get(name))

        for _ in parallel.answers(copy, names):
            pass

    def copy_in(self, folder: Path) -> None:
        """Keep every content of a folder that `copy_out` made."""
        paths = (path for path in folder.rglob("*") if path.is_file())
        for _ in parallel.answers(lambda path: self.put(path.read_bytes()), paths):
            pass

    def try_out(self) -> None:
        """Write, read and remove something; refuses if one of that cannot be done."""
        self.is_empty()
        self._write(_TRIAL, _TRIAL.encode())
        if self._read(_TRIAL) != _TRIAL.encode():
            raise Away("read_other_than_written")
        self._delete(_TRIAL)

    def _size(self, key: str) -> int | None:
        try:
            with self._asking() as client:
                return int(client.head_object(**self._at(key))["ContentLength"])
        except Missing:
            return None

    def _write(self, key: str, content: bytes) -> None:
        # The store compares what arrived with this sum before it takes it.
        md5 = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        with self._asking() as client:
            client.put_object(**self._at(key), Body=content, ContentMD5=md5)

    def _read(self, key: str) -> bytes:
        with self._asking() as client:
            return bytes(client.get_object(**self._at(key))["Body"].read())

    def _delete(self, key: str) -> None:
        with self._asking() as client:
            client.delete_object(**self._at(key))

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": f"{self._below}{key}"}

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        """Ask the store within the block; refuses what it does not know as missing, and all else as trouble."""
        errors = extras.load("botocore.exceptions", extra="s3")
        try:
            yield _client(self._bucket)
        except errors.ClientError as error:
            said = error.response.get("Error", {})
            if said.get("Code") in _UNKNOWN:
                raise Missing(said.get("Key", "unknown to the store")) from error
            raise _away(str(said.get("Code", "ClientError"))) from error
        except errors.BotoCoreError as error:
            raise _away(type(error).__name__) from error


def _away(why: str) -> Away:
    _log.error("document_store_away", extra={"error": why})
    return Away(why)


@lru_cache(maxsize=8)
def _client(bucket: Bucket) -> Any:
    """Return the line to a store; threads share it."""
    config = extras.load("botocore.config", extra="s3").Config(
        **_PATIENCE,
        max_pool_connections=_CONNECTIONS,
        s3={"addressing_style": "path" if bucket.endpoint else "auto"},
        # Not every store knows the sums that newer clients send along; ours is a SHA-256, compared at every reading.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    session = extras.load("boto3.session", extra="s3").Session()
    return session.client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or ("us-east-1" if bucket.endpoint else None),
        aws_access_key_id=bucket.access_key or None,
        aws_secret_access_key=bucket.secret_key or None,
        config=config,
    )
