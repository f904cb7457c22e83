from httpx import AsyncClient
from structlog.testing import capture_logs


async def test_ses_50_validation_errors_are_french_and_echo_nothing(client: AsyncClient) -> None:
    """SES-50"""
    response = await client.post("/typed", json={"amount": "s3cret"})
    body = response.json()
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert body["errors"] == [
        {"field": "siren", "reason": "champ manquant"},
        {"field": "amount", "reason": "valeur non admise"},
    ]
    assert "s3cret" not in response.text


async def test_ses_50_unreadable_json_is_a_french_400(client: AsyncClient) -> None:
    """SES-50"""
    response = await client.post("/typed", content="{", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["title"]) == (400, "Demande illisible")


async def test_ses_50_unknown_addresses_and_methods_are_french(client: AsyncClient) -> None:
    """SES-50"""
    absent, method = await client.get("/nowhere"), await client.get("/session")
    assert (absent.status_code, absent.json()["title"]) == (404, "Introuvable")
    assert (method.status_code, method.json()["title"]) == (405, "Méthode non prévue")
    assert method.headers["allow"] == "POST"


async def test_a_failure_is_logged_once_and_told_by_its_reference(client: AsyncClient) -> None:
    with capture_logs() as logs:
        response = await client.get("/broken/s3cret")
    assert response.status_code == 500
    (entry,) = [log for log in logs if log["event"] == "http.failed"]
    assert response.json()["reference"] == entry["reference"]
    assert entry["reference"] in response.json()["detail"]
    assert entry["route"] == "/broken/{secret}"
    assert "s3cret" not in response.text


async def test_a_browser_reads_a_page(client: AsyncClient) -> None:
    response = await client.get("/nowhere", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert "<h1>Introuvable</h1>" in response.text
