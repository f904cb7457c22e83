"""The contract's settings: all optional, and a wrong value is one clear line."""

import stat
from pathlib import Path

import pytest

from models.kernel.settings.portal import Settings, WrongSetting, settings


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


def test_a_co_owner_is_reached_as_set_and_the_others_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """PPR-04"""
    issuer = "https://urssaf.example/oidc"
    made = _set(monkeypatch, URSSAF_ISSUER=issuer, URSSAF_CLIENT_ID="p", URSSAF_CLIENT_SECRET="hunter2")
    assert (made.co_owner("URSSAF").issuer, made.co_owner("URSSAF").client_id) == (issuer, "p")
    assert (made.co_owner("DGDDI").issuer, made.co_owner("DGFIP").issuer) == ("", "")
    assert "hunter2" not in repr(made)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DGDDI_ISSUER": "douane.example"}, "DGDDI_ISSUER"),
        ({"DGDDI_ISSUER": "http://douane.example"}, "DGDDI_ISSUER"),
        ({"DGDDI_ISSUER": "https://douane.example:port"}, "DGDDI_ISSUER"),
        ({"DGDDI_ISSUER": "https://douane.example/?a=hunter2"}, "DGDDI_ISSUER"),
        ({"DGFIP_SERVICES_URL": "ftp://impots.example"}, "DGFIP_SERVICES_URL"),
        ({"DGFIP_SITE_URL": "javascript:alert(1)"}, "DGFIP_SITE_URL"),
        ({"URSSAF_ISSUER": "https://urssaf.example", "URSSAF_CLIENT_SECRET": "hunter2"}, "URSSAF"),
        ({"DGDDI_SCIM_URL": "https://douane.example/scim"}, "DGDDI"),
        ({"DGDDI_SCIM_SECRET": "hunter2"}, "DGDDI"),
        ({"DGDDI_ISSUEUR": "https://douane.example"}, "DGDDI_ISSUEUR"),
    ],
)
def test_a_co_owner_set_by_halves_or_unsafely_is_one_line(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    """PPR-04: codes and secrets go over https, but on this very machine."""
    with pytest.raises(WrongSetting) as wrong:
        _set(monkeypatch, **given)
    line = str(wrong.value)
    assert line.startswith(f"PASSAVANT_{named}: ")
    assert "\n" not in line
    assert "hunter2" not in line


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "starttls"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtps://mail.example", "mail.example", 465, True, False),
        ("smtp://u:p%40ss@mail.example?starttls", "mail.example", 587, False, True),
        ("smtp://u:p%40ss@localhost:2525/", "localhost", 2525, False, False),
    ],
)
def test_the_mail_server_is_one_address(
    monkeypatch: pytest.MonkeyPatch, url: str, host: str, port: int, *, tls: bool, starttls: bool
) -> None:
    server = _set(monkeypatch, SMTP_URL=url).mail_server
    assert server is not None
    assert (server.host, server.port, server.tls, server.starttls) == (host, port, tls, starttls)
    assert server.password == ("p@ss" if "u:" in url else None)
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://h:none",
        "smtp://h:0",
        "smtp://h/x",
        "smtp://h?tls",
        "smtps://h?starttls",
        "smtp://user@h",
        "smtp://[",
        "smtp://user:secret@h",
    ],
)
def test_a_wrong_mail_server_is_one_line_without_the_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with pytest.raises(WrongSetting) as caught:
        _set(monkeypatch, SMTP_URL=url)
    assert str(caught.value).startswith("PASSAVANT_SMTP_URL: ")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_letters_come_from_whom_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = _set(monkeypatch, PUBLIC_URL="https://portail.example:8443")
    assert usual.mail_sender == "Passavant <ne-pas-repondre@portail.example>"
    assert _set(monkeypatch, MAIL_FROM="Le portail <a@b.fr>").mail_sender == "Le portail <a@b.fr>"
    with pytest.raises(WrongSetting, match="PASSAVANT_MAIL_FROM"):
        _set(monkeypatch, MAIL_FROM="a@b.fr\r\nBcc: x@y.fr")
