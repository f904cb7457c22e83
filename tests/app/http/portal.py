"""The HTTP routes as served, over the demonstration's people: for messages, files and health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlmodel import select

from app.http.server import api
from app.http.server.bodies import HELD, Room
from demo.commands.accounts import DEMO_CLIENT, create_demo_accounts
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.identity.access.sessions import open_session
from models.identity.accounts.partners import ALL_SCOPES
from models.identity.accounts.tables import Account
from models.identity.accounts.tokens import Audience, sign
from models.kernel.settings.portal import settings
from tests.support.databases import begin_from, reading, transaction


@asynccontextmanager
async def opened() -> AsyncIterator[AsyncClient]:
    """A client of all the routes."""
    application = built()
    application.state.room = Room(HELD)  # what one test left there is nothing to the next
    transport = ASGITransport(application)
    async with AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


@cache
def built() -> FastAPI:
    """The application, built once, as a worker does: FastAPI prepares each route at its first request."""
    return api.build()


@pytest.fixture
async def portal(
    database: str,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[AsyncClient]:
    """A client of all the routes, over a database with the demonstration's people."""
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await begin_from(create_demo_accounts)
    async with opened() as made:
        yield made


def bearer(*scopes: str) -> dict[str, str]:
    """The header of the demonstration's partner, with those scopes, or all of them."""
    from app.http.partner_api.token import TOKEN_LIFE

    scope = " ".join(scopes or sorted(ALL_SCOPES))
    return {"authorization": f"Bearer {sign(Audience.PARTNER, TOKEN_LIFE, sub=DEMO_CLIENT, scope=scope)}"}


async def signed_in(who: str) -> dict[str, str]:
    """The Cookie header of a new session of `who`@demo.passavant.fr."""
    async with transaction() as db:
        found = db.exec(select(Account).where(Account.email == f"{who}@demo.passavant.fr"))
        session_id = open_session(db, found.one().id or 0, 0)
    return {"cookie": f"{SESSION_COOKIE}={session_cookie(session_id)}"}


async def count_of(table: type) -> int:
    """How many rows a table has."""
    async with reading() as db:
        return len(db.exec(select(table)).all())
