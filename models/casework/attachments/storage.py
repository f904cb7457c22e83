"""Where the bytes of attachments are: a folder, or an S3 bucket. They go in and come out in pieces, never whole.

All that belongs to one attachment stands under `{first two letters}/{reference}/`. No two objects ever have the same key,
and none is written twice: the row that names a key is committed after the object is there, so that a process killed
in between leaves an object that no row knows, which upkeep.py removes, and never a row without its object.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.kernel.settings.files import Bucket, Folder
from models.kernel.settings.portal import settings

if TYPE_CHECKING:
    from obstore import WritableFile
    from obstore.store import ObjectStore

SHARD = 2
"""Letters of a reference, in hexadecimal, that its keys begin with: what upkeep looks through at a time."""
_READ = 256 * 1024
"""Bytes that are read at a time, and held of what is written into a folder."""
_PART = 5 * 1024 * 1024
"""Bytes of a part of a large object: the least that S3 takes."""
_PATIENCE = timedelta(seconds=20)


class StorageAway(Exception):
    """The storage does not answer, or is full: nothing was kept, and the same may be tried again."""


class NotStored(Exception):
    """No object has that key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One object."""

    key: str
    size: int
    modified: datetime


def new_key(reference: str, part: str) -> str:
    """A key that no object has: `ab/abcd…/whole-1f2e…`, for a part of an attachment such as `piece-524288`."""
    return f"{reference[:SHARD]}/{reference}/{part}-{secrets.token_hex(6)}"


class Draft:
    """An object that is being written, in pieces: there whole once it is closed, and not at all before."""

    def __init__(self, key: str) -> None:
        self.key, self.size = key, 0
        self._writer: WritableFile | None = None

    def write(self, piece: bytes) -> None:
        """Add a piece.

        Raises:
            StorageAway: when it could not be written.
        """
        with _answering(missing=StorageAway) as store:
            self._opened(store).write(piece)
        self.size += len(piece)

    def close(self) -> None:
        """Keep the object.

        Raises:
            StorageAway: when it could not be kept.
        """
        with _answering(missing=StorageAway) as store:
            self._opened(store).close()

    def _opened(self, store: "ObjectStore") -> "WritableFile":
        import obstore

        if self._writer is None:
            held = _PART if isinstance(settings().storage, Bucket) else _READ
            self._writer = obstore.open_writer(store, self.key, buffer_size=held)
        return self._writer


def put(key: str, content: bytes | Iterable[bytes]) -> None:
    """Keep an object: all of it, or nothing.

    Raises:
        StorageAway: when it could not be kept.
    """
    draft = Draft(key)
    for piece in (content,) if isinstance(content, bytes) else content:
        draft.write(piece)
    draft.close()


def stream(key: str) -> Iterator[bytes]:
    """The object's bytes, in pieces.

    Raises:
        NotStored: when there is no such object.
        StorageAway: when it could not be read.
    """
    import obstore

    with _answering() as store:
        for piece in obstore.get(store, key).stream(min_chunk_size=_READ):
            yield bytes(piece)


def remove(keys: Sequence[str]) -> None:
    """Remove these objects; one that is gone already is no error.

    Raises:
        StorageAway: when one could not be removed.
    """
    import obstore

    for key in keys:
        with suppress(NotStored), _answering() as store:
            obstore.delete(store, key)


def listed(shard: str) -> list[Stored]:
    """The objects of the attachments whose reference begins with `shard`.

    Raises:
        StorageAway: when they could not be listed.
    """
    import obstore

    with _answering() as store:
        batches = list(obstore.list(store, prefix=shard))
    return [Stored(meta["path"], meta["size"], meta["last_modified"]) for batch in batches for meta in batch]


def remove_unfinished(shard: str, before: datetime) -> int:
    """Remove what a killed process had begun to write before then; returns how many files there were.

    In a folder alone, where they bear a `#`: an S3 server shows nothing that is not whole.
    """
    place = settings().storage
    if not isinstance(place, Folder):
        return 0
    drafts = [path for path in (place.path / shard).rglob("*#*") if _is_old(path, before)]
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)


def _is_old(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


@contextmanager
def _answering(missing: type[Exception] = NotStored) -> Iterator["ObjectStore"]:
    """The storage, whose failures become ours; `missing` when it says that something is not there."""
    import obstore

    try:
        yield _store(settings().storage)
    except (obstore.exceptions.NotFoundError, FileNotFoundError) as error:
        raise missing(type(error).__name__) from error
    except (obstore.exceptions.BaseError, OSError) as error:
        raise StorageAway(type(error).__name__) from error


@cache
def _store(place: Folder | Bucket) -> "ObjectStore":
    from obstore.store import LocalStore, S3Store

    if isinstance(place, Folder):
        place.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(place.path.resolve(), automatic_cleanup=True)
    return S3Store(  # which reads its keys in the environment
        place.name,
        prefix=place.prefix or None,
        endpoint=place.endpoint or None,
        region=place.region,
        client_options={"allow_http": place.endpoint.startswith("http://"), "timeout": _PATIENCE},
        retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
    )
