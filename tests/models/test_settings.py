"""The contract's settings: all optional, and a wrong value is one clear line."""

import stat
from pathlib import Path

import pytest

from models.settings import Settings, WrongSetting, settings


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSAVANT_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()


def _set(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"PASSAVANT_{name}", value)
    settings.cache_clear()
    return settings()


def test_everything_is_optional(tmp_path: Path) -> None:
    usual = settings()
    assert usual.database == f"sqlite+aiosqlite:///{tmp_path / 'data' / 'passavant.db'}"
    assert (usual.redis_url, usual.demo, usual.secure_cookies) == ("", False, False)
    assert settings() is usual


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u@h/db", "postgresql+psycopg://u@h/db"),
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgresql+psycopg://u@h/db", "postgresql+psycopg://u@h/db"),
    ],
)
def test_databases_are_named_the_usual_way(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    assert _set(monkeypatch, DATABASE_URL=given).database == used


def test_https_secures_the_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    made = _set(monkeypatch, PUBLIC_URL="https://passavant.example/")
    assert (made.public_url, made.secure_cookies) == ("https://passavant.example", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:hunter2@h/db"),
        ("PUBLIC_URL", "passavant.example"),
        ("SECRET_KEY", "hunter2"),
        ("DEMO", "perhaps"),
        ("MESSAGE_LIMIT", "hunter2"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """And that repeats no secret."""
    with pytest.raises(WrongSetting) as wrong:
        _set(monkeypatch, **{name: value})
    line = str(wrong.value)
    assert line.startswith(f"PASSAVANT_{name}: ")
    assert "\n" not in line
    assert "hunter2" not in line


def test_the_key_is_drawn_once_and_kept_to_ourselves(tmp_path: Path) -> None:
    first = settings().signing_key()
    settings.cache_clear()
    assert settings().signing_key() == first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_a_key_that_is_set_is_the_one_and_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = _set(monkeypatch, SECRET_KEY="k" * 32)
    assert made.signing_key() == "k" * 32
    assert "kkkk" not in repr(made)
    assert not (tmp_path / "data").exists()
