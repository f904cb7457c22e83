"""Programs that talk to the partner API: their identifiers, secrets and scopes."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from models.identity.accounts import passwords
from models.identity.accounts.tables import PartnerClient
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, read, write


class Scope(StrEnum):
    """What a program may do."""

    MESSAGES_WRITE = "messages:write"
    CONSIGNMENTS_READ = "consignments:read"
    ACCOUNTS_READ = "accounts:read"
    HABILITATIONS_WRITE = "habilitations:write"
    FIGURES_WRITE = "figures:write"
    APPOINTMENTS_READ = "appointments:read"
    APPOINTMENTS_WRITE = "appointments:write"


ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True)
class Partner:
    """A program that proved who it is."""

    id: str
    name: str
    scopes: frozenset[Scope]
    co_owners: frozenset[CoOwner] = frozenset()
    """In whose name it speaks: whose habilitations and figures it sends."""

    @property
    def actor(self) -> str:
        """How the journal names it."""
        return f"partner:{self.id}"


async def create_client(
    client_id: str,
    name: str,
    secret: str,
    scopes: Collection[Scope],
    co_owners: Collection[CoOwner] = (),
) -> bool:
    """Admit a program, which speaks for `co_owners`; False, and nothing changes, when the identifier is taken."""
    secret_hash = await passwords.make_hash(secret)

    def verb(session: DbSession) -> bool:
        if session.get(PartnerClient, client_id) is not None:
            return False
        session.add(
            PartnerClient(
                id=client_id,
                name=name,
                secret_hash=secret_hash,
                scopes=" ".join(sorted(set(scopes))),
                co_owners=" ".join(sorted(set(co_owners))),
            )
        )
        record(
            session,
            "partner.created",
            actor=SYSTEM,
            client=client_id,
            scopes=sorted(set(scopes)),
            co_owners=sorted(set(co_owners)),
        )
        return True

    return await write(verb)


async def revoke_client(client_id: str) -> None:
    """Refuse that program from now on, the tokens that it holds included."""

    def verb(session: DbSession) -> None:
        row = session.get(PartnerClient, client_id)
        if row is not None and row.revoked_at is None:
            row.revoked_at = clock.now()
            record(session, "partner.revoked", actor=SYSTEM, client=client_id)

    await write(verb)


async def verify_client(client_id: str, secret: str) -> Partner | None:
    """The program, if the secret is its own. Takes as long when the identifier is unknown."""
    row = await read(lambda session: session.get(PartnerClient, client_id))
    right = await passwords.verify(secret, row.secret_hash if row else None)
    return _partner(row) if right else None


def active_partner(client_id: str, db: DbSession) -> Partner | None:
    """The program as it stands now; None once revoked."""
    return _partner(db.get(PartnerClient, client_id))


def _partner(row: PartnerClient | None) -> Partner | None:
    if row is None or row.revoked_at is not None:
        return None
    scopes, co_owners = set(row.scopes.split()), set(row.co_owners.split())
    return Partner(
        row.id,
        row.name,
        frozenset(scope for scope in Scope if scope in scopes),
        frozenset(co_owner for co_owner in CoOwner if co_owner in co_owners),
    )
