"""A folder and an S3 bucket keep files alike: whole or not at all, in and out in pieces."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from models.casework.attachments import storage, upkeep
from models.casework.attachments.examination import examine_next
from models.casework.attachments.rules import Fault
from models.casework.attachments.storage import NotStored, StorageAway
from models.casework.attachments.vocabulary import State
from models.kernel import clock
from models.kernel.settings.files import Bucket, Folder, read_storage_url
from models.kernel.settings.portal import settings
from tests.support.accounts import cheap_passwords, make_account
from tests.support.attaching import dossiers, pdf, rows, sent
from tests.support.s3 import s3_server, s3_url

__all__ = ["cheap_passwords", "dossiers", "s3_server", "s3_url"]

REFERENCE = "ab" + "0" * 30


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The setting, made: a folder, and a bucket of a real server."""
    url = str(tmp_path / "kept") if request.param == "folder" else str(request.getfixturevalue("s3_url"))
    monkeypatch.setenv("PASSAVANT_STORAGE_URL", url)
    settings.cache_clear()
    return url


@pytest.mark.usefixtures("place")
def test_what_is_kept_comes_out_as_it_went_in() -> None:
    """In pieces, of more than one part of S3; listed with its size and when it was kept."""
    pieces = [bytes([number]) * 1_000_000 for number in range(12)]
    key, small = storage.new_key(REFERENCE, "whole"), storage.new_key(REFERENCE, "piece-0")
    storage.put(key, iter(pieces))
    storage.put(small, b"small")
    digest, longest = sha256(), 0
    for piece in storage.stream(key):
        digest.update(piece)
        longest = max(longest, len(piece))
    assert digest.hexdigest() == sha256(b"".join(pieces)).hexdigest()
    assert longest < 2_000_000
    listed = {one.key: one for one in storage.listed("ab")}
    assert {name: one.size for name, one in listed.items()} == {key: 12_000_000, small: 5}
    assert abs(listed[key].modified - clock.machine()) < timedelta(days=1)
    storage.remove([key, small, key])
    assert storage.listed("ab") == []
    with pytest.raises(NotStored):
        next(storage.stream(key))


@pytest.mark.usefixtures("place")
def test_what_is_not_whole_is_not_kept() -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(6_000_000)
        raise StorageAway

    with pytest.raises(StorageAway):
        storage.put(storage.new_key(REFERENCE, "whole"), broken())
    assert storage.listed("ab") == []


@pytest.mark.usefixtures("database", "dossiers", "place")
async def test_a_file_is_sent_looked_at_and_held_against_the_storage() -> None:
    """CTX-06: the whole way, on both."""
    await make_account()
    assert not isinstance(await sent(pdf("S3", padding=900_000)), Fault)
    while await examine_next():
        pass
    (row,) = await rows()
    assert row.state == State.UNSCANNED
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert await upkeep.reconcile(row.reference[:2]) == (0, 0)
    assert len(storage.listed(row.reference[:2])) == 2


def test_a_storage_that_does_not_answer_is_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(storage, "_PATIENCE", timedelta(seconds=0.1))
    (tmp_path / "file").write_bytes(b"")
    for url in ("s3://bucket?endpoint=http://127.0.0.1:1", str(tmp_path / "file" / "no-folder")):
        monkeypatch.setenv("PASSAVANT_STORAGE_URL", url)
        settings.cache_clear()
        for act in (
            lambda: storage.put("ab/x", b"x"),
            lambda: list(storage.stream("ab/x")),
            lambda: storage.listed("ab"),
        ):
            with pytest.raises(StorageAway):
                act()


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("/srv/files", Folder(Path("/srv/files"))),
        ("file:///srv/mes%20fichiers", Folder(Path("/srv/mes fichiers"))),
        ("s3://bucket", Bucket("bucket")),
        (
            "s3://bucket/a/b/?endpoint=https://s3.example&region=fr-par",
            Bucket("bucket", "a/b", "https://s3.example", "fr-par"),
        ),
    ],
)
def test_the_setting_names_a_folder_or_a_bucket(url: str, place: Folder | Bucket) -> None:
    assert read_storage_url(url) == place


@pytest.mark.parametrize(
    "url", ["ftp://x", "s3://", "s3://key:secret@bucket", "s3://b?endpoint=s3.example", "s3://b?key=x"]
)
def test_a_setting_that_names_neither_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=re.escape("s3://bucket/prefix")):
        read_storage_url(url)
