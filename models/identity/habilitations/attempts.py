"""Being sent to a co-owner to sign in there, and coming back: once, soon, and in the same session (PPR-04)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, delete

from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.pending import Pending
from models.identity.accounts.queries import session_ids_of
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import LinkAttempt
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.database import DbSession, write

ATTEMPT_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, repr=False)
class Attempt:
    """What goes to the co-owner, and what must come back."""

    state: str
    nonce: str
    code_verifier: str


async def begin(viewer: Viewer, co_owner: CoOwner) -> Attempt:
    """Remember that this session leaves for that co-owner. Attempts that nobody came back from are forgotten."""
    attempt = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    now = clock.now()
    row = LinkAttempt(
        state=_kept(attempt.state),
        session_id=viewer.session_id,
        co_owner=co_owner,
        nonce=attempt.nonce,
        code_verifier=attempt.code_verifier,
        started_at=now,
    )

    def remember(db: DbSession) -> None:
        db.exec(delete(LinkAttempt).where(col(LinkAttempt.started_at) < now - ATTEMPT_LIFE))
        db.add(row)

    await write(remember)
    return attempt


async def take_back(viewer: Viewer, co_owner: CoOwner, state: str) -> Attempt | None:
    """The attempt that this session began under `state`; gone from then on, whatever follows.

    None when there is none, when it is older than ten minutes, or when another session began it: that one
    keeps it.
    """

    def take(db: DbSession) -> Attempt | None:
        row = db.get(LinkAttempt, _kept(state))
        if row is None or (row.session_id, row.co_owner) != (viewer.session_id, co_owner):
            return None
        db.delete(row)
        if row.started_at < clock.now() - ATTEMPT_LIFE:
            return None
        return Attempt(state, row.nonce, row.code_verifier)

    return await write(take)


def _kept(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()


@ends(Pending.CO_OWNER_ATTEMPT)
def _attempts(db: DbSession, happened: Happened) -> None:
    sessions = session_ids_of(happened.account_id)
    db.exec(delete(LinkAttempt).where(col(LinkAttempt.session_id).in_(sessions)))
