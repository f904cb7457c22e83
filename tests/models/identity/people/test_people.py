"""Who answers for a company, who is certified, who is invited (PPR-10)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.identity.access.credentials import set_password
from models.identity.access.forms import SignUpForm
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.sign_up import sign_up
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Invitation
from models.identity.habilitations.actions import withdraw
from models.identity.letters.kinds import letter
from models.identity.letters.tables import Email
from models.identity.people import actions as people
from models.identity.people.actions import welcome
from models.identity.people.queries import people as people_queries
from models.kernel import clock
from models.kernel.refusal import Refusal
from tests.factories import add_basics
from tests.support.accounts import RIGHT, A, B, cheap_passwords, grant, journal, make_account, make_session
from tests.support.databases import both_databases, reading, transaction
from tests.support.letters import token_to

__all__ = ["cheap_passwords"]

pytestmark = pytest.mark.usefixtures("company")
CAMILLE, HUGO, STRANGER = "camille@kerdrel.example", "hugo@kerdrel.example", "paul@transit.example"


async def seen(email: str) -> Viewer:
    """That person, signed in."""
    session_id = await make_session(email)
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    return viewer


@pytest.fixture
async def company(database: str) -> dict[str, int]:  # noqa: ARG001
    """A company with a correspondent, somebody else of it, and somebody of another."""
    await add_basics()
    numbers = {
        CAMILLE: await make_account(CAMILLE),
        HUGO: await make_account(HUGO),
        STRANGER: await make_account(STRANGER, B),
    }
    assert await people.name_correspondent(numbers[CAMILLE], A)
    return numbers


@both_databases
async def test_ppr_10_the_role_is_delegated_and_the_last_one_stays(company: dict[str, int]) -> None:
    """PPR-10: to somebody certified, of the company; then the first may leave the role, and the second may not."""
    camille = await seen(CAMILLE)
    assert isinstance(await people.delegate(camille, company[HUGO]), Refusal)
    assert await people.certify(camille, company[HUGO]) is None
    assert await people.delegate(camille, company[HUGO]) is None
    hugo = await seen(HUGO)
    assert await people.end_delegation(hugo, company[CAMILLE]) is None
    assert isinstance(await people.end_delegation(await seen(CAMILLE), company[HUGO]), Refusal)
    assert isinstance(await people.end_delegation(hugo, company[HUGO]), Refusal)
    assert isinstance(await people.end_certification(hugo, company[HUGO]), Refusal)
    kinds = ["company.person_certified", "company.correspondent_named", "company.correspondent_ended"]
    assert [len(await journal(kind)) for kind in kinds] == [1, 2, 1]


async def test_ppr_10_nobody_else_manages(company: dict[str, int]) -> None:
    """PPR-10, SES-04: neither a colleague, nor a correspondent over another company's people."""
    hugo, camille = await seen(HUGO), await seen(CAMILLE)
    for viewer, account in ((hugo, CAMILLE), (hugo, HUGO), (camille, STRANGER)):
        for verb in (people.certify, people.end_certification, people.delegate, people.end_delegation):
            assert isinstance(await verb(viewer, company[account]), Refusal)
    assert isinstance(await people.invite(hugo, "x@kerdrel.example"), Refusal)
    async with reading() as db:
        assert people_queries.people(db, hugo) == []
        assert list(people_queries.invitations(db, hugo)) == []
        assert people_queries.correspondents(db, hugo) == ["Lise Marchand"]
        assert people_queries.correspondents(db, await seen(STRANGER)) == []


async def test_ppr_10_dgddi_does_not_take_the_role_back(company: dict[str, int]) -> None:
    """PPR-10: the role is the portal's; what a co-owner withdraws is its own."""
    assert await withdraw(company[CAMILLE], "SESAME", "suivi", A) == 0
    assert (await seen(CAMILLE)).may("PASSAVANT", "correspondant")


@both_databases
async def test_an_invitation_is_answered_by_its_own_address(company: dict[str, int]) -> None:
    """PPR-10: the account that comes with that address, for that company, is certified; no other is."""
    camille = await seen(CAMILLE)
    invited = await people.invite(camille, " Nora@Kerdrel.example ")
    assert isinstance(invited, Invitation)
    assert isinstance(await people.invite(camille, "nora@kerdrel.example"), Refusal)
    assert isinstance(await people.invite(camille, HUGO), Refusal)
    assert isinstance(await people.invite(camille, "nora"), Refusal)
    number, other = (
        await make_account("nora@kerdrel.example"),
        await make_account("nora@elsewhere.example", B),
    )
    async with transaction() as db:
        for one in (number, other, company[HUGO]):
            welcome(db, db.get_one(Account, one))
    async with reading() as db:
        found = {one.account_id: one for one in people_queries.people(db, camille)}
        assert list(people_queries.invitations(db, camille)) == []
    assert found[number].certified_at is not None
    assert found[company[HUGO]].certified_at is None
    assert other not in found
    assert not any("@" in str(entry.payload) for entry in await journal("company.person_invited"))


async def test_an_invitation_ends() -> None:
    """PPR-10: taken back, or after 14 days; then another may be sent."""
    camille = await seen(CAMILLE)
    first = await people.invite(camille, "nora@kerdrel.example")
    assert isinstance(first, Invitation)
    assert await people.cancel_invitation(camille, first.id) is None
    second = await people.invite(camille, "nora@kerdrel.example")
    assert isinstance(second, Invitation)
    with clock.fixed(clock.now() + timedelta(days=14, seconds=1)):
        async with reading() as db:
            assert list(people_queries.invitations(db, camille)) == []


async def test_people_of_other_companies_are_told_apart(company: dict[str, int]) -> None:
    """PPR-10: somebody who holds a right here is listed, and cannot be certified here."""
    await grant(company[STRANGER], A)
    async with reading() as db:
        found = {one.account_id: one for one in people_queries.people(db, await seen(CAMILLE))}
    assert not found[company[STRANGER]].of_company
    assert [one.right for one in found[company[STRANGER]].rights] == ["suivi"]
    assert found[company[CAMILLE]].corresponds


@both_databases
async def test_ppr_10_who_is_invited_signs_up_and_is_certified(company: dict[str, int]) -> None:
    """PPR-10, PPR-02: from the letter to the checked address, which alone answers the invitation."""
    camille = await seen(CAMILLE)
    assert isinstance(await people.invite(camille, "nora@kerdrel.example"), Invitation)
    async with reading() as db:
        sent = db.exec(select(Email).where(Email.to == "nora@kerdrel.example")).one()
    assert (sent.kind, sent.details["siren"]) == ("invited", A)
    assert A in letter(sent.kind, sent.details).address
    await sign_up(SignUpForm(name="Nora Belkacem", email="nora@kerdrel.example", siren=A))
    assert await set_password(await token_to("nora@kerdrel.example"), RIGHT) == "nora@kerdrel.example"
    async with reading() as db:
        found = {one.email: one for one in people_queries.people(db, camille)}
    assert found["nora@kerdrel.example"].certified_at is not None
    assert company[HUGO] == found[HUGO].account_id
    assert found[HUGO].certified_at is None
