"""Giving and taking back one right of one person: the one path, in the caller's transaction (PPR-09)."""

from dataclasses import asdict
from typing import Any

from sqlmodel import col

from models.identity.habilitations.queries import held_as
from models.identity.habilitations.rules import Entitlement
from models.identity.habilitations.tables import Habilitation
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession


def give(db: DbSession, account_id: int, right: Entitlement, actor: str) -> bool:
    """The person holds that right from now on; False, and no entry, when they already do.

    The account and the company must be known.
    """
    if held_as(db, account_id, right, col(Habilitation.siret) == right.siret):
        return False
    db.add(
        Habilitation(
            account_id=account_id,
            service=right.service,
            right=right.right,
            siren=right.siren,
            siret=right.siret,
            co_owner=right.co_owner,
            granted_at=clock.now(),
        )
    )
    record(db, "habilitation.granted", actor=actor, **_told(account_id, right))
    return True


def take_back(db: DbSession, account_id: int, right: Entitlement, actor: str) -> int:
    """The person no longer holds that right; how many habilitations it ended, none of another co-owner's.

    One for the whole company takes those of its establishments as well; one for an establishment, only that.
    """
    here = [col(Habilitation.siret) == right.siret] if right.siret else []
    rows = held_as(db, account_id, right, *here)
    for row in rows:
        row.withdrawn_at = clock.now()
    if rows:
        record(db, "habilitation.withdrawn", actor=actor, **_told(account_id, right))
    return len(rows)


def _told(account_id: int, right: Entitlement) -> dict[str, Any]:
    return {"account_id": account_id, **asdict(right)}
