"""Facts about an account, as the journal keeps them."""

from typing import Any

from models.identity.accounts.actors import actor_of
from models.identity.accounts.subject import account_subject
from models.journal.record import record
from models.kernel.database import DbSession


def record_of(
    db: DbSession,
    kind: str,
    account_id: int,
    *,
    actor: str = "",
    siren: str | None = None,
    **payload: Any,
) -> None:
    """Add a fact about that account to the journal, in the caller's transaction: its holder's act, unless `actor` says whose."""
    record(
        db,
        kind,
        actor=actor or actor_of(account_id),
        subject=account_subject(account_id),
        siren=siren,
        account_id=account_id,
        **payload,
    )
