"""The demonstration accounts that docs and tests promise (contract: PASSAVANT_DEMO=1)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import col, select

from app.commands import leftovers
from app.errors import CannotRun
from demo.commands.companies import A, C, T, ensure_companies, ensure_partner_mandates, siret
from demo.commands.offers import ensure_offers
from models.identity.access.registration import add_account
from models.identity.accounts import passwords
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.partners import ALL_SCOPES, create_client
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account, PartnerClient
from models.identity.habilitations.grants import give
from models.identity.habilitations.rules import Entitlement
from models.identity.habilitations.tables import Habilitation, Posting
from models.identity.people.actions import name_correspondent
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, read, write
from models.kernel.settings.portal import settings
from models.posts.catalogue import ensure_posts
from models.signals.alerts.catalogue import ensure_thresholds

DEMO_PASSWORD = "Passavant-2026!"  # noqa: S105 (printed by `make run`, and worth nothing outside the demonstration)
DEMO_CLIENT = leftovers.DEMO_CLIENT
DEMO_CLIENT_SECRET = "demo-partner-secret"  # noqa: S105 (same)


class _Right(NamedTuple):
    service: str
    right: str
    rank: int = 0
    """Of the only establishment that it is for; 0 for the whole company."""
    co_owner: CoOwner = CoOwner.DGDDI

    def at(self, siren: str) -> Entitlement:
        place = siret(siren, self.rank) if self.rank else None
        return Entitlement(self.co_owner, self.service, self.right, siren, place)


_SERVED = timedelta(days=365)
"""Since when officers serve at their post: they kept its plan in the past that the demonstration shows."""
_HAVRE, _MARSEILLE = 1, 2
_FOLLOW = (_Right("SESAME", "suivi"), _Right("SESAME", "rendez-vous"))
_PAY = (_Right("TELEPAIEMENT_SEPA", "telepayer"), _Right("TELEPAIEMENT_SEPA", "adherer"))
_MANAGE = (
    *_FOLLOW,
    *_PAY,
    _Right("TELEPAIEMENT_SEPA", "adherer", _HAVRE),
    _Right("DELTA_G", "declarer"),
    _Right("CIEL", "declarer"),
    _Right("DOMINO", "declarer"),
    _Right("ISOPE", "lire"),
    _Right("PAIEMENT", "lire", co_owner=CoOwner.DGFIP),
    _Right("PAIEMENT", "lire", co_owner=CoOwner.URSSAF),
)
_SIGN_FOR_MARSEILLE = (_Right("TELEPAIEMENT_SEPA", "adherer", _MARSEILLE),)

# address before @, name, role, SIREN, habilitations there, post
_Row = tuple[str, str, Role, str | None, tuple[_Right, ...], str | None]
_ACCOUNTS: tuple[_Row, ...] = (
    ("importateur", "Lise Marchand", Role.OPERATOR, A, _MANAGE, None),
    ("comptable", "Hugo Lemaître", Role.OPERATOR, A, _PAY, None),
    ("assistant", "Nora Belkacem", Role.OPERATOR, A, (), None),
    ("transitaire", "Paul Bellocq", Role.OPERATOR, T, _FOLLOW, None),
    ("concurrent", "Inès Carpentier", Role.OPERATOR, C, _FOLLOW, None),
    ("sivep", "Claire Vasseur", Role.SIVEP, None, (), "FRLEH1"),
    ("douane", "Marc Delcourt", Role.CUSTOMS, None, (), "FRLEH1"),
    ("sivep-cdg", "Amélie Roche", Role.SIVEP, None, (), "FRCDG4"),
    ("superviseur", "Étienne Garnier", Role.SUPERVISOR, None, (), None),
    ("dgitm", "Sarah Nguyen", Role.DGITM, None, (), None),
    ("mandataire", "Yann Le Goff", Role.OPERATOR, A, _SIGN_FOR_MARSEILLE, None),
    ("correspondante", "Camille Roussel", Role.OPERATOR, A, (), None),
)

CORRESPONDENT = "correspondante@demo.passavant.fr"
"""Who answers for company A (PPR-10)."""
DEMO_EMAILS = tuple(f"{local}{leftovers.DEMO_DOMAIN}" for local, *_ in _ACCOUNTS)


def account_at(co_owner: CoOwner, who: str) -> tuple[str, list[Entitlement]]:
    """Name and rights there of `who`@demo.passavant.fr, for whoever plays that co-owner."""
    name, siren, rights = next((row[1], row[3], row[4]) for row in _ACCOUNTS if row[0] == who)
    return name, [right.at(siren) for right in rights if siren and right.co_owner is co_owner]


async def create_demo_accounts() -> None:
    """Create the demonstration's posts, companies, accounts and partner; what exists already is left as it is.

    Raises:
        CannotRun: without PASSAVANT_DEMO=1. These passwords are public.
    """
    if not settings().demo:
        raise CannotRun("Demonstration accounts have public passwords: set PASSAVANT_DEMO=1 to create them.")
    await write(_ensure_places)
    known, has_client = await read(_known)
    missing = [account for email, account in zip(DEMO_EMAILS, _ACCOUNTS, strict=True) if email not in known]
    if missing:
        kept = await passwords.make_hash(DEMO_PASSWORD)  # once: it is the same for all, and public
        await write(_create_all, missing, kept)
    if not has_client:
        await create_client(
            DEMO_CLIENT, "Partenaire de démonstration", DEMO_CLIENT_SECRET, ALL_SCOPES, tuple(CoOwner)
        )
    first = await write(_ensure_rights)
    if first is not None:
        await name_correspondent(first, A)


def _ensure_places(session: DbSession) -> None:
    ensure_posts(session)
    session.flush()
    ensure_offers(session)
    ensure_thresholds(session)
    ensure_companies(session)


def _known(session: DbSession) -> tuple[set[str], bool]:
    """The addresses that have an account, and whether the partner's program is there."""
    emails = session.exec(select(Account.email).where(col(Account.email).in_(DEMO_EMAILS)))
    return set(emails), session.get(PartnerClient, DEMO_CLIENT) is not None


def _create_all(session: DbSession, missing: Sequence[_Row], password_hash: str) -> None:
    for local, name, role, siren, *_ in missing:
        _create(session, f"{local}@demo.passavant.fr", name, role, siren, password_hash)


def _create(
    session: DbSession, email: str, name: str, role: Role, siren: str | None, password_hash: str
) -> None:
    now = clock.now()
    account = Account(
        email=email,
        name=name,
        role=role,
        siren=siren,
        password_hash=password_hash,
        created_at=now,
        email_verified_at=now,
        password_changed_at=now,
    )
    add_acceptance(session, add_account(session, account))


def _ensure_rights(session: DbSession) -> int | None:
    """Give each account what the contract says, once: a right withdrawn since is not given back.

    Returns who has still to be named correspondent, if nobody was.
    """
    ensure_partner_mandates(session, DEMO_CLIENT)
    rows = session.exec(select(Account).where(col(Account.email).in_(DEMO_EMAILS)))
    numbers = {row.email: row.id for row in rows}
    held = set(session.exec(select(Habilitation.account_id)))
    posted = set(session.exec(select(Posting.account_id)))
    for email, (_, _, _, siren, rights, post) in zip(DEMO_EMAILS, _ACCOUNTS, strict=True):
        number = numbers[email]
        if number is None:
            continue
        if siren and number not in held:
            for right in rights:
                give(session, number, right.at(siren), SYSTEM)
        if post and number not in posted:
            session.add(Posting(account_id=number, post_code=post, starts_at=clock.now() - _SERVED))
            record(session, "officer.posted", post_code=post, account_id=number)
    first = numbers[CORRESPONDENT]
    return None if first in held else first
