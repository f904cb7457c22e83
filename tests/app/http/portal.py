"""The HTTP routes as served, over the demonstration's people: for messages, files and health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel import select

from app.commands.demo_accounts import DEMO_CLIENT, create_demo_accounts
from app.http import api
from models.accounts.cookies import SESSION_COOKIE, session_cookie
from models.accounts.partners import ALL_SCOPES
from models.accounts.sessions import open_session
from models.accounts.tables import Account
from models.accounts.tokens import Audience, sign
from models.database import reading, transaction
from models.settings import settings


@asynccontextmanager
async def opened() -> AsyncIterator[AsyncClient]:
    """A client of all the routes."""
    transport = ASGITransport(api.build())
    async with AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


@pytest.fixture
async def portal(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncClient]:  # noqa: ARG001
    """A client of all the routes, over a database with the demonstration's people."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()
    async with opened() as made:
        yield made


def bearer(*scopes: str) -> dict[str, str]:
    """The header of the demonstration's partner, with those scopes, or all of them."""
    from app.http.token import TOKEN_LIFE

    scope = " ".join(scopes or sorted(ALL_SCOPES))
    return {"authorization": f"Bearer {sign(Audience.PARTNER, TOKEN_LIFE, sub=DEMO_CLIENT, scope=scope)}"}


async def signed_in(who: str) -> dict[str, str]:
    """The Cookie header of a new session of `who`@demo.passavant.fr."""
    async with transaction() as db:
        found = await db.exec(select(Account).where(Account.email == f"{who}@demo.passavant.fr"))
        session_id = open_session(db, found.one().id or 0, 0)
    return {"cookie": f"{SESSION_COOKIE}={session_cookie(session_id)}"}


async def count_of(table: type) -> int:
    """How many rows a table has."""
    async with reading() as db:
        return len((await db.exec(select(table))).all())
