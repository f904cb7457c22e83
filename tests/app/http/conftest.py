"""A small application with the routes under test, called as a browser would."""

from collections.abc import AsyncIterator
from functools import cache

import pytest
from fastapi import Depends, FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel

from app.http.browser import accounts, card, own_account, own_factors, second_factor, session, terms
from app.http.downloads import files
from app.http.partner_api import token
from app.http.partner_api.partner import partner
from app.http.server import network, unforeseen
from app.http.server.limits import failures, notices
from models.identity.accounts.partners import Partner, Scope
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords"]


class Body(BaseModel):
    siren: str
    amount: int


@cache
def _application() -> FastAPI:
    app = FastAPI()
    unforeseen.install(app)
    network.install(app)
    for module in (session, second_factor, token, accounts, own_account, own_factors, terms, files, card):
        app.include_router(module.router)

    @app.get("/api/v1/guarded")
    async def guarded(client: Partner = Depends(partner(Scope.CONSIGNMENTS_READ))) -> str:  # noqa: B008
        return client.id

    @app.post("/typed")
    async def typed(body: Body) -> None:
        pass

    @app.get("/broken/{secret}")
    async def broken(secret: str) -> None:
        raise RuntimeError(secret)

    return app


@pytest.fixture
async def client(database: str) -> AsyncIterator[AsyncClient]:  # noqa: ARG001 - its database
    """A browser's client, which keeps its cookies."""
    _forget()
    async with AsyncClient(transport=ASGITransport(_application()), base_url="http://localhost:8000") as made:
        yield made
    _forget()


def _forget() -> None:
    for window in (failures, notices):
        window.clear()
