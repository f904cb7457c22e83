import pytest
from sqlmodel import func, select
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from app.commands import accounts
from app.errors import CannotRun
from demo.commands.accounts import (
    DEMO_CLIENT,
    DEMO_CLIENT_SECRET,
    DEMO_EMAILS,
    DEMO_PASSWORD,
    create_demo_accounts,
)
from demo.commands.companies import DEMO_SIRENS, A, B, T, eori, siret, traces_number
from models.identity.access.outcomes import SignedIn
from models.identity.access.queries.viewers import viewer_of
from models.identity.access.sessions import choose_company
from models.identity.access.sign_in import sign_in
from models.identity.accounts.partners import ALL_SCOPES, verify_client
from models.identity.accounts.rules import unmet_password_rules
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import CompanyIdentifier
from models.identity.habilitations.tables import Habilitation
from models.kernel.settings.portal import settings
from tests.support.accounts import cheap_passwords
from tests.support.databases import reading

__all__ = ["cheap_passwords"]

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def demo(database: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - where it goes
    monkeypatch.setenv("PASSAVANT_DEMO", "1")
    settings.cache_clear()
    await create_demo_accounts()


async def _session(local: str) -> str:
    outcome = await sign_in(f"{local}@demo.passavant.fr", DEMO_PASSWORD)
    assert isinstance(outcome, SignedIn)
    return outcome.session_id


async def _viewer(session_id: str) -> Viewer:
    async with reading() as db:
        viewer = viewer_of(session_id, db)
    assert viewer is not None
    return viewer


async def test_the_demonstration_is_refused_elsewhere() -> None:
    with pytest.raises(CannotRun):
        await create_demo_accounts()


@pytest.mark.usefixtures("demo")
async def test_everybody_of_the_demonstration_can_sign_in() -> None:
    roles = [(await _viewer(await _session(email.partition("@")[0]))).role for email in DEMO_EMAILS]
    assert roles == [*["operator"] * 5, "sivep", "customs", "sivep", "supervisor", "dgitm", *["operator"] * 2]
    partner = await verify_client(DEMO_CLIENT, DEMO_CLIENT_SECRET)
    assert partner is not None
    assert partner.scopes == ALL_SCOPES


@pytest.mark.usefixtures("demo")
async def test_ses_04_the_demonstration_representative_works_for_two_companies() -> None:
    """SES-04"""
    session_id = await _session("transitaire")
    assert [choice.siren for choice in (await _viewer(session_id)).choices] == [T, B, A]
    assert await choose_company(session_id, A) is None
    assert (await _viewer(session_id)).may("SESAME", "rendez-vous")


@pytest.mark.usefixtures("demo")
async def test_ppr_02_the_demonstration_assistant_and_accountant_do_not_follow() -> None:
    """PPR-02"""
    assistant, accountant = (
        await _viewer(await _session("assistant")),
        await _viewer(await _session("comptable")),
    )
    assert (assistant.siren, assistant.rights) == (A, frozenset())
    assert accountant.rights == {("TELEPAIEMENT_SEPA", "telepayer"), ("TELEPAIEMENT_SEPA", "adherer")}
    assert (await _viewer(await _session("importateur"))).may("SESAME", "suivi")


@pytest.mark.usefixtures("demo")
async def test_ses_05_the_demonstration_officers_serve_at_their_posts() -> None:
    """SES-05"""
    assert (await _viewer(await _session("sivep"))).posts == ("FRLEH1",)
    assert (await _viewer(await _session("sivep-cdg"))).posts == ("FRCDG4",)
    assert (await _viewer(await _session("superviseur"))).posts == ()


@pytest.mark.usefixtures("demo")
async def test_creating_the_demonstration_again_changes_nothing() -> None:
    async def counts() -> list[int]:
        async with reading() as db:
            tables = (Account, Habilitation, CompanyIdentifier)
            return [db.exec(select(func.count()).select_from(table)).one() for table in tables]

    before = await counts()
    await create_demo_accounts()
    assert await counts() == before


def test_the_demonstration_numbers_pass_their_check_digits() -> None:
    assert len(set(DEMO_SIRENS)) == 12
    for siren in DEMO_SIRENS:
        assert siren_number.is_valid(siren)
        assert siret_number.is_valid(siret(siren, 2))
        assert eori(siren) == f"FR{siret(siren, 1)}"
    assert len({traces_number(siren) for siren in DEMO_SIRENS}) == 12


def test_com_01_drawn_passwords_meet_the_rules() -> None:
    """COM-01"""
    drawn = {accounts.draw_password() for _ in range(50)}
    assert len(drawn) == 50
    assert not any(unmet_password_rules(password) for password in drawn)


@pytest.mark.parametrize(
    ("email", "name", "role", "siren", "told"),
    [
        ("lise", "Lise", "operator", A, "e-mail"),
        ("a@b.fr", " ", "operator", A, "name"),
        ("a@b.fr", "Lise", "boss", A, "role"),
        ("a@b.fr", "Lise", "operator", "912345676", "SIREN"),
        ("a@b.fr", "Lise", "operator", None, "SIREN"),
        ("a@b.fr", "Lise", "sivep", A, "SIREN"),
    ],
)
def test_the_command_says_what_to_correct(
    email: str, name: str, role: str, siren: str | None, told: str
) -> None:
    with pytest.raises(CannotRun, match=told):
        accounts.create(email, name, role, siren)


@pytest.fixture
def away_from_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)


@pytest.mark.usefixtures("away_from_a_terminal")
def test_away_from_a_terminal_the_password_is_drawn_and_printed_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """PPR-01: and the same address is refused the second time."""
    accounts.create("Lise@Kerdrel.example", "Lise", "operator", "912 345 675")
    printed = capsys.readouterr().out
    assert "lise@kerdrel.example (operator)" in printed
    assert not unmet_password_rules(printed.split("only now: ")[1].strip())
    with pytest.raises(CannotRun, match="déjà utilisée"):
        accounts.create("lise@kerdrel.example", "Lise", "operator", A)


@pytest.mark.parametrize(
    ("typed", "told"), [(["short"], "too weak"), (["Passavant-2026!", "Passavant-2027!"], "differ")]
)
def test_com_01_the_password_typed_is_checked(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], told: str
) -> None:
    """COM-01"""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    with pytest.raises(CannotRun, match=told):
        accounts.create("a@b.fr", "Lise", "operator", A)


@pytest.mark.usefixtures("demo")
async def test_ppr_10_the_first_correspondent_is_named_from_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """PPR-10: once, for the company of the account; an officer and a stranger are one line."""
    for said in ("now answers", "answered already"):
        await accounts.name("Concurrent@demo.passavant.fr")
        assert said in capsys.readouterr().out
    assert (await _viewer(await _session("concurrent"))).may("PASSAVANT", "correspondant")
    for email in ("sivep@demo.passavant.fr", "nobody@demo.passavant.fr"):
        with pytest.raises(CannotRun):
            await accounts.name(email)
