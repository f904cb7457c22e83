"""Where files that people send are kept, and what scans them: as the settings write it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

_STORAGE_SHAPE = "expected a folder, file:///folder, or s3://bucket/prefix?endpoint=https://…&region=…"
_SCANNER_SHAPE = "expected unix:/path of a socket, or host:port"
_OPTIONS = frozenset({"endpoint", "region"})
_REGION = "us-east-1"
"""What S3 servers that have no regions call theirs."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that several machines share."""

    path: Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an S3 server. The keys to it are those of the environment, `AWS_ACCESS_KEY_ID` and its like."""

    name: str
    prefix: str = ""
    """Before each key, without a slash at its ends; empty for none."""
    endpoint: str = ""
    """The server's address; empty for Amazon's."""
    region: str = _REGION


@dataclass(frozen=True, slots=True)
class ClamavSocket:
    """Where clamd listens."""

    path: str = ""
    """Of its socket on this machine; empty when it is reached over the network."""
    host: str = ""
    port: int = 0


def read_storage_url(url: str) -> Folder | Bucket:
    """The place that the setting names.

    Raises:
        ValueError: with what was expected.
    """
    if "://" not in url:
        return Folder(Path(url))
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/") and not parts.query:
        return Folder(Path(unquote(parts.path)))
    options = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or "@" in parts.netloc or set(options) - _OPTIONS:
        raise ValueError(_STORAGE_SHAPE)
    endpoint = options.get("endpoint", "")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ValueError(_STORAGE_SHAPE)
    return Bucket(parts.netloc, parts.path.strip("/"), endpoint, options.get("region", _REGION))


def read_clamav(address: str) -> ClamavSocket:
    """The socket that the setting names.

    Raises:
        ValueError: with what was expected.
    """
    scheme, separator, path = address.partition(":")
    if scheme == "unix" and path.startswith("/"):
        return ClamavSocket(path=path)
    host, separator, port = address.rpartition(":")
    if not separator or not host or "/" in host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(_SCANNER_SHAPE)
    return ClamavSocket(host=host.strip("[]"), port=int(port))
