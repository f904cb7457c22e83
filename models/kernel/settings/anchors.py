"""Where the journal's newest anchor goes, out of this machine. All optional; several may be set."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_SYSLOG_SHAPE = "expected a socket such as /dev/log, or udp://host:514, or tcp://host:601"
_SYSLOG_PORTS = {"udp": 514, "tcp": 601}


@dataclass(frozen=True, slots=True)
class SyslogServer:
    """Where syslog messages are taken."""

    scheme: str
    """unix, udp or tcp."""
    host: str
    """The path of the socket, for unix."""
    port: int = 0


class AnchorSettings(BaseModel):
    """PASSAVANT_ANCHOR_*: what takes the newest anchor elsewhere (SES-52)."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    syslog: str = ""
    """Where the journal's newest anchor goes: a syslog socket of this machine, which passes it on (`/dev/log`), or a
    syslog server (`udp://host:514`, `tcp://host:601`). Without one, nothing leaves by itself."""
    mail: str = ""
    """Whom a letter brings the newest anchor to; needs `PASSAVANT_SMTP_URL`."""
    tsa_url: str = ""
    """A time-stamping authority (RFC 3161), which stamps the newest seal; needs its root certificates."""
    tsa_ca: Path | None = None
    """The file of the authority's root certificates (PEM): its time stamps are verified with them."""
    minutes: int = Field(default=60, ge=1)
    """Minutes between two such letters, and between two time stamps, at the least."""

    @field_validator("syslog")
    @classmethod
    def _reachable(cls, address: str) -> str:
        if address:
            read_syslog(address)
        return address

    @field_validator("tsa_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname):
            raise ValueError("expected an address that starts with http:// or https://")
        return url

    @field_validator("tsa_ca")
    @classmethod
    def _certificates(cls, path: Path | None) -> Path | None:
        if path:
            try:
                load_pem_x509_certificates(path.read_bytes())
            except (OSError, ValueError):
                raise ValueError("expected a file of certificates (PEM)") from None
        return path

    @model_validator(mode="after")
    def _verifiable(self) -> "AnchorSettings":
        if self.tsa_url and not self.tsa_ca:
            raise ValueError("_TSA_URL is set: set _TSA_CA too, which its time stamps are verified with")
        return self

    @property
    def syslog_server(self) -> SyslogServer | None:
        """Where syslog messages go; None when nowhere."""
        return read_syslog(self.syslog) if self.syslog else None

    def roots(self) -> list[Certificate]:
        """The authority's root certificates; none where no file is named.

        Raises:
            OSError, ValueError: when the file is no longer what it was at the start.
        """
        return load_pem_x509_certificates(self.tsa_ca.read_bytes()) if self.tsa_ca else []


def read_syslog(address: str) -> SyslogServer:
    """The server that the setting names.

    Raises:
        ValueError: with what was expected.
    """
    if address.startswith("/"):
        return SyslogServer("unix", address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(_SYSLOG_SHAPE) from None
    if parts.scheme not in _SYSLOG_PORTS or not parts.hostname or port == 0 or parts.path or parts.query:
        raise ValueError(_SYSLOG_SHAPE)
    return SyslogServer(parts.scheme, parts.hostname, port or _SYSLOG_PORTS[parts.scheme])
