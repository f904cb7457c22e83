"""Settings, all from the environment, all optional (contract: PASSAVANT_*)."""

import os
import secrets
from functools import cache
from pathlib import Path

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ENGINES = ("sqlite+aiosqlite://", "postgresql+psycopg://")


class WrongSetting(Exception):
    """A setting that cannot be used; its text is one line for the person who starts the program."""


class Settings(BaseSettings):
    """What can be set from outside. A wrong value stops the start with one clear line."""

    model_config = SettingsConfigDict(env_prefix="PASSAVANT_")

    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    public_url: str = "http://localhost:8000"
    secret_key: SecretStr = SecretStr("")
    demo: bool = False
    trusted_proxy_hops: int = 0
    message_limit: int = 20_000_000
    """Largest message accepted, in bytes."""

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
        return url.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value() and len(key.get_secret_value()) < 32:
            raise ValueError("expected at least 32 characters")
        return key

    @property
    def database(self) -> str:
        """The database's SQLAlchemy address: a SQLite file of the data folder unless said otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'passavant.db'}"

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach us through HTTPS, so that cookies may demand it."""
        return self.public_url.startswith("https://")

    def signing_key(self) -> str:
        """The key that signs cookies and tokens: as set, else drawn once and kept in the data folder."""
        return self.secret_key.get_secret_value() or _kept_key(self.data_dir / "secret_key")


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


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
        name = "PASSAVANT_" + str(first["loc"][0]).upper()
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
