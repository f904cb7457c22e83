"""/metrics: numbers for Prometheus, for this machine or for who holds the token; nobody is named."""

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from app.http.server import api
from app.http.server.metrics import answering
from models.kernel.settings.portal import settings
from tests.app.http.portal import portal
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]


def numbers(text: str) -> dict[str, float]:
    """Each sample without labels, by name."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {sample.name: sample.value for sample in found if not sample.labels}


TOKEN = "a-token-of-prometheus"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSAVANT_METRICS_TOKEN", TOKEN)
    settings.cache_clear()


@pytest.mark.usefixtures("with_token")
async def test_com_31_who_holds_the_token_reads_the_numbers(portal: AsyncClient) -> None:
    """COM-31: a program that understands the format reads them."""
    with answering("GET") as told:
        told.append(200)
    answer = await portal.get("/metrics", headers=BEARER)
    assert answer.status_code == 200
    read = numbers(answer.text)
    assert {"passavant_journal_entries", "passavant_letters_due", "passavant_places_held"} <= set(read)
    assert 'passavant_http_requests_total{method="GET",status="200"}' in answer.text


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "203.0.113.9"])
async def test_nobody_else_learns_that_there_is_such_a_page(
    monkeypatch: pytest.MonkeyPatch, client: str
) -> None:
    """With the defaults nobody reads it, this machine included: behind a local proxy everybody comes from there."""
    there = ASGITransport(api.build(), client=(client, 5))
    async with AsyncClient(transport=there, base_url="http://testserver") as asking:
        for headers in ({}, BEARER, {"Authorization": "Bearer "}):
            assert (await asking.get("/metrics", headers=headers)).status_code == 404
        monkeypatch.setenv("PASSAVANT_METRICS_TOKEN", TOKEN)
        settings.cache_clear()
        for headers, status in ((BEARER, 200), ({}, 404), ({"Authorization": "Bearer another"}, 404)):
            assert (await asking.get("/metrics", headers=headers)).status_code == status
