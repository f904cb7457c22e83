from datetime import timedelta

import pytest
from httpx import AsyncClient, BasicAuth, Response
from sqlmodel import col, update

from models.identity.access.cookies import session_cookie
from models.identity.accounts.partners import Scope, create_client, revoke_client
from models.identity.accounts.tables import PartnerClient
from models.kernel import clock
from tests.support.accounts import NOW
from tests.support.databases import transaction

SCOPES = (Scope.CONSIGNMENTS_READ, Scope.MESSAGES_WRITE)
FORM = {"grant_type": "client_credentials", "client_id": "port", "client_secret": "s3cr:et+é"}


@pytest.fixture(autouse=True)
async def port(client: AsyncClient) -> None:  # noqa: ARG001 - its database
    await create_client("port", "Port", "s3cr:et+é", SCOPES)


async def _token(client: AsyncClient, **form: str) -> str:
    answer = (await client.post("/api/v1/token", data=FORM | form)).json()
    return str(answer["access_token"])


async def _guarded(client: AsyncClient, token: str, scheme: str = "Bearer") -> Response:
    return await client.get("/api/v1/guarded", headers={"authorization": f"{scheme} {token}"})


async def test_a_secret_buys_a_token_of_one_hour(client: AsyncClient) -> None:
    response = await client.post("/api/v1/token", data=FORM)
    answer = response.json()
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    assert answer["scope"] == "consignments:read messages:write"
    guarded = await _guarded(client, answer["access_token"])
    assert (guarded.status_code, guarded.json()) == (200, "port")


async def test_the_secret_may_come_by_basic_encoded_as_the_rfc_asks(client: AsyncClient) -> None:
    grant = {"grant_type": "client_credentials"}
    auth = BasicAuth("port", "s3cr%3Aet%2B%C3%A9")
    assert (await client.post("/api/v1/token", data=grant, auth=auth)).status_code == 200


@pytest.mark.parametrize(
    ("change", "headers", "status", "error"),
    [
        ({"client_secret": "other"}, {}, 401, "invalid_client"),
        ({"client_id": "unknown"}, {}, 401, "invalid_client"),
        ({"client_id": ""}, {}, 401, "invalid_client"),
        ({}, {"authorization": "Basic cG9ydDpz"}, 400, "invalid_request"),
        ({"grant_type": "password"}, {}, 400, "unsupported_grant_type"),
        ({"scope": "accounts:read"}, {}, 400, "invalid_scope"),
        ({"scope": "nonsense"}, {}, 400, "invalid_scope"),
        ({"client_id": "a\0"}, {}, 400, "invalid_request"),
    ],
)
async def test_errors_are_those_of_the_rfc(
    client: AsyncClient, change: dict[str, str], headers: dict[str, str], status: int, error: str
) -> None:
    response = await client.post("/api/v1/token", data=FORM | change, headers=headers)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.json()["error_description"].isascii()
    assert ("www-authenticate" in response.headers) == (status == 401)


@pytest.mark.parametrize("encoded", ["!!!", "cG9ydA==", "gYE6eA==", "cABvOng="])
async def test_an_unreadable_basic_header_is_an_unknown_client(client: AsyncClient, encoded: str) -> None:
    headers = {"authorization": f"Basic {encoded}"}
    response = await client.post("/api/v1/token", data={"grant_type": "client_credentials"}, headers=headers)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("content", "kind"), [("{}", "application/json"), ("", "application/x-www-form-urlencoded")]
)
async def test_what_is_not_a_token_request_is_invalid(client: AsyncClient, content: str, kind: str) -> None:
    response = await client.post("/api/v1/token", content=content, headers={"content-type": kind})
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")


async def test_a_token_opens_only_what_it_was_asked_for(client: AsyncClient) -> None:
    response = await _guarded(client, await _token(client, scope="messages:write"))
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert 'scope="consignments:read"' in response.headers["www-authenticate"]
    assert "consignments:read" in response.json()["detail"]


async def test_a_revoked_client_is_refused_at_once(client: AsyncClient) -> None:
    token = await _token(client)
    await revoke_client("port")
    response = await _guarded(client, token)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_a_scope_taken_back_is_refused_at_once(client: AsyncClient) -> None:
    token = await _token(client)
    async with transaction() as session:
        session.exec(
            update(PartnerClient).where(col(PartnerClient.id) == "port").values(scopes="messages:write")
        )
    assert (await _guarded(client, token)).status_code == 403


async def test_a_token_ends_after_an_hour(client: AsyncClient) -> None:
    with clock.fixed(NOW):
        token = await _token(client)
    with clock.fixed(NOW + timedelta(minutes=59)):
        assert (await _guarded(client, token)).status_code == 200
    with clock.fixed(NOW + timedelta(hours=1)):
        assert (await _guarded(client, token)).status_code == 401


async def test_neither_a_session_cookie_nor_nothing_is_a_token(client: AsyncClient) -> None:
    assert (await _guarded(client, session_cookie("port"))).status_code == 401
    assert (await _guarded(client, await _token(client), "Basic")).status_code == 401
    absent = await client.get("/api/v1/guarded")
    assert (absent.status_code, absent.headers["www-authenticate"]) == (401, "Bearer")
    assert "/api/v1/token" in absent.json()["detail"]


async def test_ses_53_guessing_a_secret_waits(client: AsyncClient) -> None:
    """SES-53"""
    with clock.fixed(NOW):
        for _ in range(30):
            await client.post("/api/v1/token", data=FORM | {"client_secret": "x"})
        response = await client.post("/api/v1/token", data=FORM)
    assert response.status_code == 429
    assert "retry-after" in response.headers
