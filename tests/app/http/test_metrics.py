"""/metrics: numbers for Prometheus, for this machine or for who holds the token; nobody is named."""

import pytest
from httpx import ASGITransport, AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from app.http import api
from app.http.metrics import answering
from models.settings import settings
from tests.app.http.portal import portal
from tests.support.accounts import cheap_passwords

__all__ = ["cheap_passwords", "portal"]


def numbers(text: str) -> dict[str, float]:
    """Each sample without labels, by name."""
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {sample.name: sample.value for sample in found if not sample.labels}


async def test_com_31_this_machine_reads_the_numbers(portal: AsyncClient) -> None:
    """COM-31: a program that understands the format reads them."""
    with answering("GET") as told:
        told.append(200)
    answer = await portal.get("/metrics")
    assert answer.status_code == 200
    read = numbers(answer.text)
    assert {"passavant_journal_entries", "passavant_letters_due", "passavant_places_held"} <= set(read)
    assert 'passavant_http_requests_total{method="GET",status="200"}' in answer.text


async def test_nobody_else_learns_that_there_is_such_a_page(
    database: str,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From elsewhere, behind a proxy, or with a wrong token: 404, as any page that does not exist."""
    elsewhere = ASGITransport(api.build(), client=("203.0.113.9", 5))
    async with AsyncClient(transport=elsewhere, base_url="http://testserver") as client:
        assert (await client.get("/metrics")).status_code == 404
        monkeypatch.setenv("PASSAVANT_METRICS_TOKEN", "a-token-of-prometheus")
        settings.cache_clear()
        assert (await client.get("/metrics")).status_code == 404
        for word, status in (("Bearer a-token-of-prometheus", 200), ("Bearer another", 404)):
            answer = await client.get("/metrics", headers={"Authorization": word})
            assert answer.status_code == status
