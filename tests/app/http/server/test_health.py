"""/health, for whoever supervises the service (COM-31)."""

from pathlib import Path

import pytest
from httpx import AsyncClient

from models.kernel import bus, database
from models.kernel.settings.portal import settings
from tests.app.http.portal import portal
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]


async def test_com_31_alive_and_ready(portal: AsyncClient) -> None:
    """COM-31"""
    live, ready = await portal.get("/health/live"), await portal.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("what", ["missing folder", "not a database", "never migrated"])
async def test_com_31_not_ready_without_its_database(
    portal: AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    """COM-31: 503 and which component, in French; the process itself is alive."""
    path = tmp_path / ("no/such/folder/x.db" if what == "missing folder" else "other.db")
    if what == "not a database":
        path.write_bytes(b"this is no database" * 500)
    await database.dispose()
    monkeypatch.setenv("PASSAVANT_DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    settings.cache_clear()
    response = await portal.get("/health/ready")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert response.json()["away"] == ["database"]
    assert response.json()["title"] == "Service indisponible"
    assert str(tmp_path) not in response.text
    assert (await portal.get("/health/live")).status_code == 200


async def test_com_31_not_ready_without_redis(portal: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """COM-31: only where there should be one."""

    async def away() -> bool:
        return False

    monkeypatch.setattr(bus, "reachable", away)
    response = await portal.get("/health/ready")
    assert (response.status_code, response.json()["away"]) == (503, ["redis"])
