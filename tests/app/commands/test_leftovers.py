"""A demonstration ends with its flag: what it left is not served without it.

Seen to fail: without `refuse_leftovers` in `passavant serve`, the demonstration's supervisor signs in; with it after the
front end is built.
"""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.commands.leftovers import refuse_leftovers
from app.errors import CannotRun
from demo.commands.accounts import DEMO_CLIENT, create_demo_accounts
from models.identity.accounts.partners import create_client
from models.kernel.database import dispose
from models.kernel.settings.portal import settings
from tests.support.accounts import cheap_passwords, make_account
from tests.support.served import clean_environment, free_port, passavant

__all__ = ["cheap_passwords"]


def _without_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSAVANT_DEMO", raising=False)
    settings.cache_clear()


@pytest.mark.usefixtures("cheap_passwords", "database")
async def test_what_a_demonstration_left_is_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """COM-01: its passwords are public; with the flag, it goes on."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    await refuse_leftovers()
    _without_demo(monkeypatch)
    with pytest.raises(CannotRun, match=r"public.*PASSAVANT_DEMO=1"):
        await refuse_leftovers()


@pytest.mark.usefixtures("cheap_passwords", "database")
async def test_its_program_alone_is_enough() -> None:
    await create_client(DEMO_CLIENT, "x", "demo-partner-secret", ["messages:write"])  # type: ignore[list-item]
    with pytest.raises(CannotRun):
        await refuse_leftovers()


@pytest.mark.usefixtures("cheap_passwords", "database")
async def test_an_installation_of_ones_own_is_served() -> None:
    await make_account()
    await refuse_leftovers()


@pytest.mark.parametrize("left", [True, False], ids=["left", "clean"])
def test_com_01_leftovers_are_looked_for_before_anything_is_built_or_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: bool
) -> None:
    """COM-01: `passavant serve` asks first. Here nothing is built and no port opened, even where it would not ask."""
    monkeypatch.setenv("PASSAVANT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    steps: list[str] = []

    async def look() -> None:
        steps.append("looked for")
        if left:
            raise CannotRun("left")

    monkeypatch.setattr("app.commands.leftovers.refuse_leftovers", look)
    monkeypatch.setattr("app.frontend.build.build", lambda: steps.append("built"))
    monkeypatch.setattr("app.server.serve", lambda *_: steps.append("served"))
    done = CliRunner().invoke(cli, ["serve", "--port", str(free_port())])
    assert isinstance(done.exception, CannotRun) == left
    assert steps == (["looked for"] if left else ["looked for", "built", "served"])


@pytest.mark.parametrize("there", ["nothing", "no table", "no database"])
async def test_an_empty_place_is_served_and_one_that_cannot_be_asked_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: str
) -> None:
    """What does not answer now could come back with a demonstration in it."""
    path = tmp_path / "x.db"
    if there != "nothing":
        path.write_bytes(b"" if there == "no table" else b"this is no database" * 500)
    monkeypatch.setenv("PASSAVANT_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    settings.cache_clear()
    await dispose()
    if there == "no database":
        with pytest.raises(CannotRun, match="does not answer"):
            await refuse_leftovers()
    else:
        await refuse_leftovers()
    await dispose()
    assert path.exists() == (there != "nothing")


def test_serving_it_is_refused_in_one_line_and_so_is_a_demonstration_in_public(tmp_path: Path) -> None:
    """COM-01, from the command line: no port is opened, nothing is built."""
    environment = clean_environment(PASSAVANT_DATA_DIR=str(tmp_path))
    demo = environment | {"PASSAVANT_DEMO": "1"}
    for words in (["migrate"], ["demo", "--consignments", "0"]):
        assert passavant(*words, environment=demo).returncode == 0
    done = passavant("serve", "--port", str(free_port()), environment=environment)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "PASSAVANT_DEMO=1" in done.stderr
    public = demo | {"PASSAVANT_PUBLIC_URL": "https://passavant.example"}
    refused = passavant("migrate", environment=public)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1)
    assert "PASSAVANT_DEMO" in refused.stderr
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*") if path.is_file()}
    assert set(modes.values()) == {"0o600"}, modes


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """One made by an earlier version, or copied there."""
    environment = clean_environment(PASSAVANT_DATA_DIR=str(tmp_path))
    assert passavant("migrate", environment=environment).returncode == 0
    path = tmp_path / "passavant.db"
    path.chmod(0o644)
    assert passavant("migrate", environment=environment).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
