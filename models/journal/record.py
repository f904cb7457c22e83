"""Writing a fact down."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import null, update
from sqlmodel import col

from models.journal.canonical import new_salt, personal_digest, refuse_fractions
from models.journal.kinds import registered
from models.journal.queries import with_personal_part
from models.journal.tables import JournalEntry
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows
from models.kernel.subject import Subject

SYSTEM = "system"
PURGED = "journal.personal_purged"


def record(
    session: DbSession,
    kind: str,
    *,
    actor: str = SYSTEM,
    subject: Subject | None = None,
    siren: str | None = None,
    post_code: str | None = None,
    personal: Mapping[str, Any] | None = None,
    **payload: Any,
) -> None:
    """Add one fact to the journal, in the caller's transaction: it is kept if, and only if, the rest is.

    `kind` is one of models/journal/kinds.py. `subject` says what it is about, `siren` and `post_code` whom it
    concerns: open screens, notifications and alerts derive from them. `payload` must be JSON without fractions, and holds codes
    rather than personal data: it stays for ever. `personal` holds the rest, and can be purged (PPR-09).

    Raises:
        UnknownKind: for a kind without a row.
        TypeError: for what has no canonical bytes, and could not be sealed.
    """
    salt = new_salt() if personal else None
    columns = _said(kind, actor, subject, siren, post_code, payload)
    refuse_fractions(personal)
    session.add(
        JournalEntry(
            **columns,
            personal=dict(personal) if personal else None,
            personal_salt=salt,
            personal_digest=personal_digest(salt, personal) if salt and personal else None,
        )
    )


def record_at_once(
    session: DbSession,
    kind: str,
    *,
    actor: str = SYSTEM,
    subject: Subject | None = None,
    siren: str | None = None,
    post_code: str | None = None,
    **payload: Any,
) -> None:
    """record(), for what happens thousands of times: written now, as a row, and without a personal part.

    Raises:
        UnknownKind: for a kind without a row.
        TypeError: for what has no canonical bytes, and could not be sealed.
    """
    row = _said(kind, actor, subject, siren, post_code, payload)
    insert_rows(session, JournalEntry, [row])


def _said(
    kind: str,
    actor: str,
    subject: Subject | None,
    siren: str | None,
    post_code: str | None,
    payload: dict[str, Any],
) -> dict[str, Any]:
    refuse_fractions(payload)
    return {
        "at": clock.now(),
        "kind": registered(kind).name,
        "actor": actor,
        "subject_kind": subject.kind if subject else None,
        "subject_id": subject.id if subject else None,
        "siren": siren,
        "post_code": post_code,
        "payload": payload,
    }


def purge_personal(db: DbSession, seqs: Collection[int], *, actor: str = SYSTEM) -> int:
    """Forget the personal part of these entries, in the caller's transaction; returns of how many.

    Their digests stay, so that the seals still hold; the salts go, so that nothing can be guessed from the
    digests (PPR-09). The journal says that it was done, and by whom: verification tells a purge from a theft.
    """
    held = with_personal_part(db, seqs)
    if held:
        gone = {"personal": null(), "personal_salt": None}
        db.execute(update(JournalEntry).where(col(JournalEntry.seq).in_(held)).values(**gone))
        record(db, PURGED, actor=actor, entries=held)
    return len(held)
