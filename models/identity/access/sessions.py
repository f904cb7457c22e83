"""Sessions: one row per sign-in. The cookie only names it, so that ending the row ends the session."""

import secrets

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import Happened, ends
from models.identity.accounts.facts import record_of
from models.identity.accounts.pending import Pending
from models.identity.accounts.queries import reference_of, unended_sessions
from models.identity.accounts.rules import SESSION_LIFE, RefusalKind, Refused
from models.identity.accounts.tables import Session
from models.identity.accounts.viewer import Viewer
from models.journal.record import SYSTEM, record
from models.kernel import clock
from models.kernel.database import DbSession, write

_NOT_YOURS = Refused(
    RefusalKind.COMPANY,
    "Entreprise inaccessible",
    "Vous n’avez pas d’habilitation pour cette entreprise. Choisissez-en une dans votre liste.",
)


def open_session(session: DbSession, account_id: int, failures: int, device: str = "") -> str:
    """Add a session in the caller's transaction; `failures` attempts in a row came before it (COM-04)."""
    now = clock.now()
    opened = Session(
        id=secrets.token_urlsafe(32),
        account_id=account_id,
        created_at=now,
        expires_at=now + SESSION_LIFE,
        device=device,
    )
    session.add(opened)
    record(session, "session.opened", actor=actor_of(account_id), failed_attempts=failures)
    return opened.id


async def sign_out(session_id: str) -> None:
    """End one session, at once and for every open screen. An ended or unknown one changes nothing."""

    def verb(session: DbSession) -> None:
        row = session.get(Session, session_id)
        if row is not None and row.ended_at is None:
            row.ended_at = clock.now()
            record(session, "session.ended", actor=actor_of(row.account_id), reason="signed_out")

    await write(verb)


async def revoke_sessions(account_id: int, actor: str = SYSTEM) -> int:
    """End every open session of an account; returns how many."""

    def verb(session: DbSession) -> int:
        return end_sessions(session, account_id, actor=actor)

    return await write(verb)


def end_sessions(
    session: DbSession, account_id: int, *, but: str = "", actor: str = SYSTEM, reason: str = "revoked"
) -> int:
    """End the open sessions of an account, but the one named, in the caller's transaction; how many."""
    rows = [row for row in unended_sessions(session, account_id) if row.id != but]
    for row in rows:
        row.ended_at = clock.now()
    if rows:
        record_of(session, "session.ended", account_id, actor=actor, reason=reason)
    return len(rows)


async def close_session(viewer: Viewer, reference: str) -> bool:
    """The holder closes one of their own sessions, told by its reference; False when there is none such."""

    def verb(session: DbSession) -> bool:
        unended = unended_sessions(session, viewer.account_id)
        row = next((each for each in unended if reference_of(each.id) == reference), None)
        if row is None:
            return False
        row.ended_at = clock.now()
        record(
            session,
            "session.ended",
            actor=actor_of(viewer.account_id),
            account_id=viewer.account_id,
            reason="closed",
        )
        return True

    return await write(verb)


async def close_others(viewer: Viewer) -> int:
    """The holder closes every session but the one in use; how many."""

    def verb(session: DbSession) -> int:
        return end_sessions(
            session,
            viewer.account_id,
            but=viewer.session_id,
            actor=actor_of(viewer.account_id),
            reason="closed",
        )

    return await write(verb)


async def choose_company(session_id: str, siren: str) -> Refused | None:
    """Work for that company from now on (PPR-03); refused when it is not one of the person's choices."""

    def verb(session: DbSession) -> Refused | None:
        viewer = viewer_of(session_id, session)
        if viewer is None or siren not in {choice.siren for choice in viewer.choices}:
            return _NOT_YOURS
        row = session.get_one(Session, session_id)
        row.siren = siren
        record(session, "session.company_chosen", actor=actor_of(viewer.account_id), company=siren)
        return None

    return await write(verb)


@ends(Pending.OTHER_SESSION)
def _sessions(db: DbSession, happened: Happened) -> None:
    end_sessions(db, happened.account_id, but=happened.keep, actor=happened.actor, reason=happened.event)
