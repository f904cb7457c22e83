"""A real S3 server for tests (SeaweedFS)."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from tests.support.served import free_port

KEYS = {"AWS_ACCESS_KEY_ID": "passavant", "AWS_SECRET_ACCESS_KEY": "a-secret-of-tests"}
_BUCKET, _TRIES = "passavant-tests", 600
_PORTS = ("master", "volume", "filer", "s3")


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server, started at first use and ended with the session, and whose bucket is there."""
    folder = tmp_path_factory.mktemp("s3")
    config = folder / "s3.json"
    keys = {"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}
    config.write_text(
        json.dumps({"identities": [{"name": "t", "credentials": [keys], "actions": ["Admin"]}]})
    )
    ports = {name: free_port() for name in _PORTS}
    words = [f"-{name}.port={port}" for name, port in ports.items()]
    words += [f"-{name}.port.grpc={free_port()}" for name in _PORTS]
    words += ["-s3.port.iceberg=0", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-filer", "-s3"]
    words += [f"-s3.config={config}", "-master.volumeSizeLimitMB=64", "-volume.max=20"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or "weed"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [weed, "-logtostderr", "server", *words], stdout=log, stderr=log, env=environment
        )
    try:
        address = f"http://127.0.0.1:{ports['s3']}"
        _make_bucket(process, address)
        yield address
    finally:
        process.kill()  # asked to end, it waits for half a minute
        process.wait()


def _make_bucket(process: subprocess.Popen[bytes], address: str) -> None:
    """By the first object that it takes."""
    store = S3Store(
        _BUCKET,
        endpoint=address,
        region="us-east-1",
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
        access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )
    for _ in range(_TRIES):
        try:
            obstore.put(store, "first", b"")
        except obstore.exceptions.BaseError:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.1)  # that it has not ended
        else:
            return
    pytest.fail("the S3 server did not start")


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The setting that names an empty place of it; its keys are in the environment."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return f"s3://{_BUCKET}/{tmp_path.name}-{free_port()}?endpoint={s3_server}"
