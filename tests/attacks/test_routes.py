"""Every HTTP route × every role × every situation (SES-04, SES-05, COM-23); none is there without a policy.

Seen to fail: a route that is not in POLICIES, or one taken off it, fails the first test; with `visible` open, the
files of others come back (`test_the_matrix_sees_a_leak`).
"""

import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from httpx import ASGITransport, AsyncClient, Response
from pypdf import PdfReader
from sqlalchemy import true
from sqlmodel import select
from starlette.routing import Router

from app.app import app
from app.http.server import api, limits
from demo.commands.accounts import DEMO_CLIENT
from models.border.consignments.tables import Consignment
from models.border.documents import queries as documents
from models.border.messages.tables import Message, MessageSubject
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.identity.accounts.partners import ALL_SCOPES, Scope, revoke_client
from tests.app.http.portal import bearer, count_of
from tests.attacks.attached import attach_to_all
from tests.attacks.people import PEOPLE, SITUATIONS, Situation, session_for, target_of
from tests.attacks.policies import POLICIES, Policy
from tests.attacks.registry import Route, routes
from tests.state.world import DOSSIERS, Dossier, World, leaks
from tests.support.accounts import cheap_passwords
from tests.support.databases import reading
from tests.support.tally import TALLY

__all__ = ["cheap_passwords"]


SCOPES: dict[Route, Scope] = {
    ("POST", "/api/v1/messages"): Scope.MESSAGES_WRITE,
    ("POST", "/api/v1/habilitations"): Scope.HABILITATIONS_WRITE,
    ("GET", "/api/v1/accounts/{email}"): Scope.ACCOUNTS_READ,
    ("GET", "/api/v1/consignments"): Scope.CONSIGNMENTS_READ,
    ("GET", "/api/v1/consignments/{reference}"): Scope.CONSIGNMENTS_READ,
    ("GET", "/api/v1/posts/{code}/slots"): Scope.APPOINTMENTS_READ,
    ("POST", "/api/v1/appointments"): Scope.APPOINTMENTS_WRITE,
    ("GET", "/api/v1/appointments/{reference}"): Scope.APPOINTMENTS_READ,
    ("POST", "/api/v1/appointments/{reference}/move"): Scope.APPOINTMENTS_WRITE,
    ("DELETE", "/api/v1/appointments/{reference}"): Scope.APPOINTMENTS_WRITE,
    ("POST", "/api/v1/debts"): Scope.FIGURES_WRITE,
    ("POST", "/api/v1/payments"): Scope.FIGURES_WRITE,
    ("POST", "/api/v1/mandates"): Scope.FIGURES_WRITE,
    ("POST", "/api/v1/declarations"): Scope.FIGURES_WRITE,
    ("POST", "/api/v1/due-dates"): Scope.FIGURES_WRITE,
}


def by(*policies: Policy) -> list[Route]:
    """The routes of those policies, in order."""
    return sorted(route for route, policy in POLICIES.items() if policy in policies)


HTTP = by(
    Policy.PUBLIC,
    Policy.FORM,
    Policy.SESSION,
    Policy.FIGURES,
    Policy.OFFICER,
    Policy.LINK,
    Policy.PARTNER,
    Policy.SECRET,
    Policy.APPOINTMENT,
    Policy.MACHINE,
    Policy.NOTICE,
    Policy.LETTER,
    Policy.ATTACHMENT,
)


@dataclass(frozen=True)
class Portal:
    """All that answers HTTP, and the documents to ask for."""

    client: AsyncClient
    documents: dict[str, str]
    attachments: dict[str, str]

    async def call(self, route: Route, dossier: Dossier, headers: dict[str, str]) -> Response:
        """Call the route, about that dossier wherever it takes an argument."""
        method, path = route
        if POLICIES[route] is Policy.ATTACHMENT:
            return await self._attachment(method, path, dossier, headers)
        for name, value in (("reference", dossier.reference), ("document_id", self.documents[dossier.name])):
            path = path.replace(f"{{{name}}}", value)
        path = path.replace("{message_id}", self.documents[dossier.name])
        path = path.replace("{email}", "importateur@demo.passavant.fr")
        path = path.replace("{code}", dossier.post).replace("{secret}", "A" * 43).replace("{seq}", "1")
        path = path.replace("{co_owner}", "DGDDI").replace("{service}", "CIEL")
        assert "{" not in path, f"tell tests/attacks/test_routes.py what to ask of {route}"
        form = {"siren": dossier.siren} if POLICIES[route] is Policy.FORM else None
        return await self.client.request(method, path, headers=headers, data=form)

    async def _attachment(
        self, method: str, path: str, dossier: Dossier, headers: dict[str, str]
    ) -> Response:
        """The same, about the file that the dossier has, or about one more."""
        path = path.replace("{reference}", self.attachments[dossier.name]).replace("{page}", "1")
        told = {"subject": f"consignment:{dossier.reference}", "name": "a.pdf", "size": 9}
        return await self.client.request(
            method, path, headers=headers, json=told if method == "POST" else None
        )


@pytest.fixture
async def portal(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    """Ours and Reflex's routes over the world of the tests."""
    inner = app._api
    assert inner is not None
    outer = api.build()
    outer.mount("", Router([one for one in inner.routes if getattr(one, "methods", None)]))
    found = select(Consignment.reference, MessageSubject.message_id).join(
        MessageSubject, Consignment.id == MessageSubject.consignment_id  # type: ignore[arg-type]
    )  # fmt: skip
    async with reading() as db:
        messages = dict(db.exec(found).all())
    named = {name: messages[one.reference] for name, one in DOSSIERS.items()}
    assert set(world.ids) == set(named)
    limits.failures.clear()
    limits.messages.clear()
    async with AsyncClient(transport=ASGITransport(outer), base_url="http://localhost:8000") as client:
        yield Portal(client, named, await attach_to_all(monkeypatch))
    limits.failures.clear()
    limits.messages.clear()


def test_every_route_has_its_policy() -> None:
    """SES-04, COM-23: a route that nobody expected fails here, and so does one that is gone."""
    assert routes() == set(POLICIES)
    assert set(SCOPES) == set(by(Policy.PARTNER))


def said(response: Response) -> list[str]:
    """All that the answer tells: headers and body, whatever is packed in it."""
    words = [f"{name}: {value}" for name, value in response.headers.items()]
    return words + told(response.content, response.text)


def told(body: bytes, text: str = "") -> list[str]:
    """All that a file tells: the names and files in an archive, the words of a PDF that its bytes hold compressed."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
            return names + [word for name in names for word in told(archive.read(name))]
    if body.startswith(b"%PDF"):
        return _in_pdf(PdfReader(BytesIO(body)))
    return [text or body.decode(errors="replace")]


def _in_pdf(reader: PdfReader) -> list[str]:
    pages = [page.extract_text() for page in reader.pages]
    # A word may be broken at the end of a line.
    return [*pages, *("".join(page.split("\n")) for page in pages), str(reader.metadata)]


async def _asking(world: World, who: str, situation: Situation) -> str:
    """A new session of that person, in that situation."""
    if situation.then is None:
        return await session_for(world, who, situation)
    await world.renewed()
    session_id = await session_for(world, who, situation)
    await situation.then(world, who, session_id)
    return session_id


async def _cell(portal: Portal, who: str, situation: Situation, route: Route, session_id: str) -> list[str]:
    target, sight = target_of(who, situation), situation.sights[who]
    portal.client.cookies.clear()
    headers = {"cookie": f"{SESSION_COOKIE}={session_cookie(session_id)}"}
    response = await portal.call(route, DOSSIERS[target], headers)
    wrong = sight.forbidden(said(response))
    if POLICIES[route] is Policy.SESSION or (route[0], POLICIES[route]) == ("GET", Policy.ATTACHMENT):
        expected = {200} if target in sight.dossiers else {401} if situation.ended else {404}
        wrong += [] if response.status_code in expected else [f"status {response.status_code}"]
    if POLICIES[route] is Policy.PARTNER and response.status_code != 401:
        wrong.append(f"a person's cookie: status {response.status_code}")
    if response.status_code >= 500:
        wrong.append("it broke")
    return wrong


async def _cells(world: World, portal: Portal, who: str, name: str) -> dict[Route, list[str]]:
    wrong = {}
    situation = SITUATIONS[name]
    reads = await _asking(world, who, situation)  # which changes no session: all may share one
    for route in HTTP:
        session_id = reads if route[0] == "GET" else await _asking(world, who, situation)
        found = await _cell(portal, who, situation, route, session_id)
        TALLY.cell("HTTP routes", leaked=bool(found))
        if found:
            wrong[route] = found
    return wrong


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_route(world: World, portal: Portal, who: str, name: str) -> None:
    """SES-04, SES-05: with the cookie of that person, about the consignment that the situation names."""
    assert await _cells(world, portal, who, name) == {}


async def test_the_matrix_sees_a_leak(world: World, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES-04: without the scope of the query, another's documents come back; not counted in the tally."""
    monkeypatch.setattr(TALLY, "cell", lambda _door, *, leaked: None)  # noqa: ARG005
    monkeypatch.setattr(documents, "visible", lambda _viewer: true())
    wrong = await _cells(world, portal, "importateur", "other company")
    assert set(wrong) == {
        ("GET", "/fichiers/{reference}.zip"),
        ("GET", "/fichiers/{reference}/{document_id}"),
    }


async def test_the_matrix_reads_the_pdf_of_a_certified_copy(world: World, portal: Portal) -> None:
    """SES-04, SES-52: the words of the dossier are found in its PDF alone; not when only its bytes are searched."""
    dossier = DOSSIERS["A_HAVRE"]
    headers = {"cookie": f"{SESSION_COOKIE}={session_cookie(await world.session('importateur'))}"}
    answer = await portal.call(("GET", "/fichiers/{reference}/copie-certifiee.zip"), dossier, headers)
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".pdf"))
        pdf = archive.read(name)
    words = {dossier.reference, dossier.mrn, dossier.scientific_name}
    assert words <= set(leaks(told(pdf), dossier))
    assert words.isdisjoint(leaks([pdf.decode("latin-1")], dossier))


REFERENCES = ("CHEDPP.FR.2026.{:07}", "chedpp.fr.2026.{:07}", "CHEDPP.FR.2026.{:07} ", "%", "CHED%", "*", "_")


async def test_guessed_identifiers_find_nothing(world: World, portal: Portal) -> None:
    """SES-04: references in sequence, other spellings and wildcards; documents of others under any reference."""
    session_id = await world.session("concurrent")
    headers = {"cookie": f"{SESSION_COOKIE}={session_cookie(session_id)}"}
    others = [one for name, one in DOSSIERS.items() if not name.startswith("C")]
    answers = set()
    for shape in REFERENCES:
        for dossier in others:
            reference = shape.format(dossier.number)
            for path in (f"{reference}.zip", f"{reference}/{portal.documents[dossier.name]}"):
                answers.add(await _answer(portal, path, headers))
    own = DOSSIERS["C_HAVRE"].reference
    for document in portal.documents.values():
        if document not in (portal.documents["C_HAVRE"], portal.documents["C_ROISSY"]):
            answers.add(await _answer(portal, f"{own}/{document}", headers))
    never = await _answer(portal, "CHEDPP.FR.2026.9999999/xxxxxxxxxxxxxxxx", headers)
    assert answers == {never}, "one answer for all: nobody learns which exist"
    assert never[0] == 404


async def _answer(portal: Portal, path: str, headers: dict[str, str]) -> tuple[int, str]:
    response = await portal.client.get(f"/fichiers/{path}", headers=headers)
    return response.status_code, response.text


@pytest.mark.parametrize("route", by(Policy.PARTNER))
async def test_a_program_needs_its_scope(world: World, portal: Portal, route: Route) -> None:
    """COM-23: no token, another's purpose, every scope but the right one, and a client that was revoked."""
    before = await count_of(Message)
    dossier = DOSSIERS["A_HAVRE"]
    others = [scope for scope in ALL_SCOPES if scope != SCOPES[route]]
    person = {"authorization": f"Bearer {session_cookie(await world.session('superviseur'))}"}
    tried = [({}, 401), (person, 401), ({"authorization": "Bearer x.y.z"}, 401), (bearer(*others), 403)]
    for headers, status in tried:
        assert (await portal.call(route, dossier, headers)).status_code == status
    right = bearer(SCOPES[route])
    await revoke_client(DEMO_CLIENT)
    assert (await portal.call(route, dossier, right)).status_code == 401
    assert await count_of(Message) == before
