"""A real object store that speaks S3, on this machine, for as long as tests need it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from vermittlerpost.lib import extras

PROGRAM = Path(sys.executable).with_name("weed")
KEY, SECRET = "vermittlerpost", "nur-fuer-tests"
_PATIENCE = 60.0
_PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
          "s3.port", "s3.port.grpc")  # fmt: skip


@dataclass(frozen=True)
class ObjectServer:
    """Where the store listens."""

    endpoint: str

    def client(self) -> Any:
        """Return a line to it that is not the product's own."""
        config = extras.load("botocore.config", extra="s3").Config
        return extras.load("boto3", extra="s3").client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
        )

    def new_bucket(self) -> str:
        """Make a bucket and return its name."""
        name = f"b{uuid4().hex}"
        self.client().create_bucket(Bucket=name)
        return name

    def keys(self, bucket: str) -> list[str]:
        """Return the names of all that lies in a bucket."""
        return [one["Key"] for one in self.client().list_objects_v2(Bucket=bucket).get("Contents", [])]


@contextmanager
def serving(folder: Path) -> Iterator[ObjectServer]:
    """Run an object store in a folder until the block ends."""
    config = folder / "s3.json"
    known = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    config.write_text(json.dumps({"identities": [known]}))
    ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
    server = ObjectServer(f"http://127.0.0.1:{ports['s3.port']}")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            _command(folder, config, ports), stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)}
        )
    try:
        _wait_for(server, process, folder / "log")
        yield server
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder / "data", ignore_errors=True)
        for kind in ("master", "volume", "filer", "s3"):
            Path(f"/tmp/seaweedfs-{kind}-grpc-{ports[f'{kind}.port.grpc']}.sock").unlink(missing_ok=True)


def _command(folder: Path, config: Path, ports: dict[str, int]) -> list[str]:
    (folder / "data").mkdir()
    return [
        *(str(PROGRAM), "-logtostderr=true", "server", "-filer", "-s3", f"-dir={folder / 'data'}"),
        *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false", f"-s3.config={config}"),
        *(
            "-volume.max=100",
            "-master.volumeSizeLimitMB=16",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-s3.autoCreateBucket=false",
        ),
        *(f"-filer.localSocket={folder / 'f.sock'}", f"-s3.localSocket={folder / 's.sock'}"),
        *(f"-{name}={port}" for name, port in ports.items()),
    ]


def _wait_for(server: ObjectServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    errors = extras.load("botocore.exceptions", extra="s3")
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            bucket = server.new_bucket()
            server.client().put_object(Bucket=bucket, Key="first", Body=b"first")
        except (errors.BotoCoreError, errors.ClientError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text(errors="replace")[-2000:])


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        taken = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in taken]
