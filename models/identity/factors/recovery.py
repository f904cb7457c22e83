"""Signing in without the second factor, for somebody who lost every one: asked, certified, and only then done.

Asked by who knows the password; certified by a correspondent of the company, or by the desk, who know the person; done
at a sign-in a day later at the earliest. The holder gets a letter at each step, with a link by which to object.
"""

from typing import Any

from sqlmodel import col, delete

from models.identity.accounts.actors import actor_of
from models.identity.accounts.endings import end_pending
from models.identity.accounts.facts import record_of
from models.identity.accounts.links import Purpose as LinkPurpose
from models.identity.accounts.links import make_link
from models.identity.accounts.pending import CredentialEvent
from models.identity.accounts.rules import Refused
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.factors.ceremonies import STALE, answered, opened
from models.identity.factors.policy import may_certify
from models.identity.factors.queries import factors_of, running_recovery
from models.identity.factors.rules import RECOVERY_DELAY, RECOVERY_LIFE, Purpose
from models.identity.factors.tables import FactorRecovery, RecoveryCode
from models.identity.letters.actions import post_if_room, post_letter
from models.identity.letters.limits import TooManyLetters
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.french import moment
from models.kernel.refusal import Refusal

_GONE = Refusal("Cette demande n’attend plus rien\u00a0: elle a été annulée, ou a expiré.")
_ALREADY = Refusal("Cette demande est déjà certifiée.")


async def ask_recovery(ceremony_id: str | None) -> Refused | None:
    """Ask to sign in without the second factor, at a sign-in whose password was right; asked twice, once."""

    def verb(db: DbSession) -> Refused | None:
        row = opened(db, ceremony_id, Purpose.SIGN_IN)
        if row is None:
            return STALE
        answered(row)
        if running_recovery(db, row.account_id) is not None:
            return None
        now = clock.now()
        account = db.get_one(Account, row.account_id)
        db.add(FactorRecovery(account_id=account.key, asked_at=now, expires_at=now + RECOVERY_LIFE))
        _tell(db, account, "recovery_asked")
        record(
            db,
            "factor.recovery_asked",
            actor=actor_of(account.id),
            siren=account.siren,
            account_id=account.key,
        )
        return None

    return await write(verb)


async def certify_recovery(viewer: Viewer, account_id: int) -> Refusal | None:
    """Vouch that it is the holder who asked: from a day later on, their sign-in removes every second factor."""
    try:

        def verb(db: DbSession) -> Refusal | None:
            account = db.get(Account, account_id)
            refusal = may_certify(viewer, account)
            if refusal is not None or account is None:
                return refusal or _GONE
            row = running_recovery(db, account_id)
            if row is None or row.certified_at is not None:
                return _ALREADY if row else _GONE
            now = clock.now()
            row.certified_at, row.certified_by = now, viewer.account_id
            row.holds_from, row.expires_at = now + RECOVERY_DELAY, now + RECOVERY_DELAY + RECOVERY_LIFE
            _tell(db, account, "recovery_certified", **{"from": moment(row.holds_from, now)})
            _record(db, "factor.recovery_certified", viewer, account)
            return None

        return await write(verb)
    except TooManyLetters as reached:
        return Refusal(reached.sentence)


async def decline_recovery(viewer: Viewer, account_id: int) -> Refusal | None:
    """Say that it is not the holder who asked, or that one cannot tell: the request ends."""

    def verb(db: DbSession) -> Refusal | None:
        account = db.get(Account, account_id)
        refusal = may_certify(viewer, account)
        if refusal is not None or account is None:
            return refusal or _GONE
        row = running_recovery(db, account_id)
        if row is None:
            return _GONE
        row.ended_at, row.outcome = clock.now(), "declined"
        _record(db, "factor.recovery_declined", viewer, account)
        return None

    return await write(verb)


def recovered(db: DbSession, account: Account) -> bool:
    """At a sign-in: remove every second factor if that was asked, certified, and long enough ago."""
    row = running_recovery(db, account.key)
    if row is None or row.holds_from is None or row.holds_from > clock.now():
        return False
    row.ended_at, row.outcome = clock.now(), "done"
    for factor in factors_of(db, account.key):
        db.delete(factor)
    db.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.key))
    db.flush()
    end_pending(db, CredentialEvent.FACTORS_RECOVERED, account.key)
    record_of(db, "factor.recovered", account.key, siren=account.siren)
    post_if_room(db, "factors_recovered", to=account.email, account_id=account.key)
    return True


def _tell(db: DbSession, account: Account, kind: str, **details: Any) -> None:
    link = make_link(db, LinkPurpose.OBJECT, account.key, account.email)
    post_letter(db, kind, to=account.email, account_id=account.key, link=link, **details)


def _record(db: DbSession, kind: str, viewer: Viewer, account: Account) -> None:
    actor = actor_of(viewer.account_id)
    record_of(db, kind, account.key, actor=actor, siren=account.siren)
