"""Settings, all from the environment, all optional (contract: PASSAVANT_*)."""

import os
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.kernel.settings.anchors import AnchorSettings
from models.kernel.settings.co_owners import CoOwnerSettings
from models.kernel.settings.files import Bucket, ClamavSocket, Folder, read_clamav, read_storage_url
from models.kernel.settings.hosts import ascii_host
from models.kernel.settings.smtp import SmtpServer, read_smtp_url

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_MAILBOX = re.compile(r"[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+")
_ENGINES = ("sqlite+aiosqlite://", "postgresql+psycopg://")


class WrongSetting(Exception):
    """A setting that cannot be used; its text is one line for the person who starts the program."""


def _is_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


class Settings(BaseSettings):
    """What can be set from outside. A wrong value stops the start with one clear line.

    The text beneath each is its line in docs/operate.md: `python -m tools.print_settings`.
    """

    # One split: PASSAVANT_DGDDI_CLIENT_ID is the client_id of dgddi.
    model_config = SettingsConfigDict(
        env_prefix="PASSAVANT_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        use_attribute_docstrings=True,
    )

    data_dir: Path = Path("data")
    """Where the database, letters without a mail server, and the keys that are drawn once are kept."""
    database_url: str = ""
    """`postgresql://…` or `sqlite:///…`; without one, a SQLite file in the data folder."""
    redis_url: str = ""
    """Needed, with PostgreSQL, for more than one worker: pages, limits and the word of what changed are shared there."""
    public_url: str = "http://localhost:8000"
    """The address that browsers use. With `https://`, cookies become Secure and bear `__Host-`. Its host is what
    passkeys are made for: another one makes them useless. Pages of any other address are refused the websocket."""
    secret_key: SecretStr = SecretStr("")
    """Signs cookies and tokens, encrypts the secrets of code applications; 32 characters at least. Without one, it is
    drawn once and kept in the data folder (mode 0600)."""
    demo: bool = False
    """1 allows the demonstration's accounts, whose passwords are public. Without it, a database that holds them is not
    served; with it, an `https://` address is refused."""
    trusted_proxy_hops: int = 0
    """How many proxies of yours stand before the portal."""
    officers_second_factor: bool = False
    """1 holds officers back, on their own account, until they add a second factor."""
    tasks_apart: bool = False
    """1 leaves mail, push, seals, deadlines and alerts to `passavant worker`; else each process that serves sees to
    them."""
    metrics_token: SecretStr = SecretStr("")
    """The bearer token that Prometheus presents to read `/metrics`; without one, nobody may."""
    message_limit: int = 20_000_000
    """The largest message accepted, in bytes."""
    smtp_url: SecretStr = SecretStr("")
    """The mail server: `smtp://host`, `smtps://user:password@host`, `smtp://user:password@host:587?starttls`. A
    password never travels in clear, but on the machine itself. Without a server, letters are written as `.eml` files
    into `mail/` of the data folder."""
    mail_from: str = ""
    """Whom letters come from: an address, or `Name <address>`. By default `Passavant <ne-pas-repondre@…>`, at the host of
    the public address."""
    push_anywhere: bool = False
    """1 lets web push go to private addresses and without HTTPS: for tests alone."""
    messages_per_minute: int = Field(default=6000, ge=1)
    """How many messages one partner may send in a minute, whichever worker answers (SES-53)."""
    screens_per_network: int = Field(default=1000, ge=1)
    """How many pages one network may have open at once in each worker: a company may come from one address."""
    storage_url: str = ""
    """Where the files that people send are kept: a folder, or `s3://bucket/prefix?endpoint=https://…&region=…`, whose keys
    are `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. Without one, in `files/` of the data folder. With several machines,
    all of them must reach it."""
    clamav: str = ""
    """Where ClamAV's clamd listens: `unix:/run/clamav/clamd.ctl`, or `host:port`. Without one, files are not scanned, and
    say so."""
    unscanned_files: Literal["allow", "hold"] = "hold"
    """`allow` lets people download files that were not scanned, with a warning; `hold` keeps them from everybody until
    they are."""
    timestamp_url: str = ""
    """A time-stamping authority (RFC 3161) for the seals of issued documents; without one, or while it is away, they are
    sealed without a time stamp."""
    anchor: AnchorSettings = AnchorSettings()
    """Where the journal's newest anchor goes, out of this machine."""
    dgddi: CoOwnerSettings = CoOwnerSettings()
    dgfip: CoOwnerSettings = CoOwnerSettings()
    urssaf: CoOwnerSettings = CoOwnerSettings()

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, url: str) -> str:
        for short, full in (("postgresql://", _ENGINES[1]), ("sqlite://", _ENGINES[0])):
            if url.startswith(short):
                return full + url.removeprefix(short)
        if url and not url.startswith(_ENGINES):
            raise ValueError("expected postgresql://… or sqlite:///…")
        return url

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("expected an address that starts with http:// or https://")
        parts = urlsplit(url)
        if not parts.hostname or not _is_port(parts):
            raise ValueError("expected a host, and a port that is a number")
        return url.rstrip("/")

    @field_validator("demo")
    @classmethod
    def _not_in_public(cls, demo: bool, info: ValidationInfo) -> bool:
        if demo and str(info.data.get("public_url", "")).startswith("https://"):
            raise ValueError("its passwords are public: refused with an https:// PASSAVANT_PUBLIC_URL")
        return demo

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value() and len(key.get_secret_value()) < 32:
            raise ValueError("expected at least 32 characters")
        return key

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value():
            read_smtp_url(url.get_secret_value())
        return url

    @field_validator("mail_from")
    @classmethod
    def _mailbox(cls, sender: str) -> str:
        if sender and not _MAILBOX.fullmatch(sender):
            raise ValueError("expected an address, or Name <address>")
        return sender

    @field_validator("storage_url")
    @classmethod
    def _place(cls, url: str) -> str:
        if url:
            read_storage_url(url)
        return url

    @field_validator("clamav")
    @classmethod
    def _socket(cls, address: str) -> str:
        if address:
            read_clamav(address)
        return address

    @field_validator("timestamp_url")
    @classmethod
    def _authority(cls, url: str) -> str:
        if url and not (url.startswith(("http://", "https://")) and urlsplit(url).hostname):
            raise ValueError("expected an address that starts with http:// or https://")
        return url

    @field_validator("anchor")
    @classmethod
    def _leaves(cls, anchor: AnchorSettings, info: ValidationInfo) -> AnchorSettings:
        if anchor.mail and not _MAILBOX.fullmatch(anchor.mail):
            raise ValueError("_MAIL: expected an address")
        if anchor.mail and not info.data.get("smtp_url", SecretStr("")).get_secret_value():
            raise ValueError(
                "_MAIL is set: set PASSAVANT_SMTP_URL too, else the letter stays on this machine"
            )
        return anchor

    @property
    def mail_server(self) -> SmtpServer | None:
        """The mail server; None where messages go to files."""
        url = self.smtp_url.get_secret_value()
        return read_smtp_url(url) if url else None

    @property
    def mail_sender(self) -> str:
        """Whom letters come from: nobody reads the answers, unless set otherwise."""
        return self.mail_from or f"Passavant <ne-pas-repondre@{self.mail_domain}>"

    @property
    def mail_domain(self) -> str:
        """The domain that the identifiers of our letters bear."""
        return str(urlsplit(self.public_url).hostname)

    @property
    def database(self) -> str:
        """The database's SQLAlchemy address: a SQLite file of the data folder unless said otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'passavant.db'}"

    @property
    def storage(self) -> Folder | Bucket:
        """Where files are kept."""
        return read_storage_url(self.storage_url or str(self.data_dir / "files"))

    @property
    def scanner(self) -> ClamavSocket | None:
        """Where clamd listens; None when files are not scanned."""
        return read_clamav(self.clamav) if self.clamav else None

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach us through HTTPS, so that cookies may demand it."""
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages are ours: the public address, under each of its names on this very machine."""
        parts = urlsplit(self.public_url)
        port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
        ascii_name = ascii_host(str(parts.hostname))  # browsers say where a page comes from in ASCII
        host = f"[{ascii_name}]" if ":" in ascii_name else ascii_name
        names = _LOOPBACK if host in _LOOPBACK else (host,)
        return tuple(f"{parts.scheme}://{name}{port}" for name in names)

    def co_owner(self, code: str) -> CoOwnerSettings:
        """How the co-owner of that code is reached (models.kernel.co_owners.CoOwner)."""
        known = {"DGDDI": self.dgddi, "DGFIP": self.dgfip, "URSSAF": self.urssaf}
        return known[code]

    def signing_key(self) -> str:
        """The key that signs cookies and tokens: as set, else drawn once and kept in the data folder."""
        return self.secret_key.get_secret_value() or _kept_key(self.data_dir / "secret_key")


@cache  # asked at every event
def _kept_key(path: Path) -> str:
    if not path.exists():
        _draw_key(path)
    return path.read_text().strip()


def _draw_key(path: Path) -> None:
    """Whole from its first moment: killed half-way, or read by another process, it must not be empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # of several at once, the first wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@cache
def settings() -> Settings:
    """The settings of this process, read once.

    Raises:
        WrongSetting: with one line that names the variable and what it should be.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(["PASSAVANT", *map(str, first["loc"])]).upper()
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
