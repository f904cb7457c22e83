"""Issuing a document once, withdrawing it, having another take its place (CTX-14, CTX-16, COM-13).

A service calls `reserve` in the transaction that takes its decision: the number is given there. `complete` then draws
and seals outside of any transaction, and registers the bytes in another. A process that dies in between leaves a
number that waits: `app/tasks/finish_documents.py` completes it from the contents that were kept. Whoever completes
first is right, the others find it done.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.casework.issued import kinds, queries, rules, statement
from models.casework.issued.keys import SealKey, seal_key
from models.casework.issued.kinds import Drawing
from models.casework.issued.sealed import Ask, Sealed
from models.casework.issued.tables import IssuedContent, IssuedDocument
from models.casework.issued.vocabulary import State, Why
from models.journal.canonical import canonical, digest, refuse_fractions
from models.journal.record import SYSTEM, record
from models.kernel import clock, french
from models.kernel.database import DbSession, read, write
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject
from models.kernel.threads import seals

UNKNOWN = Refusal("Ce document n’est pas au registre\u00a0: vérifiez son numéro.")
NOT_VALID = Refusal("Ce document n’est plus en vigueur\u00a0: rien n’a été changé.")
ELSEWHERE = Refusal("Le document à remplacer porte sur un autre dossier\u00a0: rien n’a été établi.")


@dataclass(frozen=True, slots=True)
class Order:
    """A document that was decided."""

    kind: str
    subject: Subject
    authority: str
    """The office that signs (COM-13)."""
    contents: Mapping[str, Any] = field(repr=False)
    """JSON without fractions: all that is drawn."""
    version: int = 1
    language: str = "en"
    destination: str = ""
    holder: str = ""
    siren: str | None = None
    """Whom the fact concerns: open screens and notices derive from it."""
    post_code: str | None = None
    replaces: str = ""
    """The number of the document whose place it takes."""


def reserve(db: DbSession, order: Order) -> IssuedDocument | Refusal:
    """Give the document its number, in the caller's transaction; asked again, the same one, as it stands by now.

    Raises:
        LookupError: for a kind that no service registered.
        TypeError: for contents that have no canonical bytes.
    """
    kind = kinds.kind_of(order.kind)
    already = queries.of_version(db, order.kind, order.subject, order.version)
    if already is not None:
        return already
    refusal = _obstacle(db, order)
    if refusal is not None:
        return refusal
    refuse_fractions(order.contents)
    now = clock.now()
    series = rules.series_of(kind.prefix, french.local(now).year)
    rank = queries.highest_rank(db, series) + 1
    document = IssuedDocument(
        number=rules.number_of(series, rank),
        series=series,
        rank=rank,
        check_code=rules.new_check(),
        kind=order.kind,
        subject_kind=order.subject.kind,
        subject_id=order.subject.id,
        version=order.version,
        authority=order.authority,
        language=order.language,
        destination=order.destination,
        holder=order.holder,
        siren=order.siren,
        post_code=order.post_code,
        contents=dict(order.contents),
        contents_digest=digest(canonical(dict(order.contents))),
        issued_at=now,
        replaces=order.replaces,
    )
    db.add(document)
    db.flush()
    return document


def _obstacle(db: DbSession, order: Order) -> Refusal | None:
    if not order.replaces:
        return None
    former = queries.by_number(db, order.replaces)
    if former is None:
        return UNKNOWN
    if (former.kind, former.subject) != (order.kind, order.subject):
        return ELSEWHERE
    return None if former.state in (State.VALID, State.WITHDRAWN) and not former.replaced_by else NOT_VALID


async def issue(order: Order, ask: Ask | None = None) -> IssuedDocument | Refusal:
    """Reserve and complete: for a decision that needs no transaction with anything else."""
    reserved = await write(reserve, order)
    return reserved if isinstance(reserved, Refusal) else await complete(reserved.number, ask)


async def complete(number: str, ask: Ask | None = None) -> IssuedDocument | Refusal:
    """Draw and seal the document of that number, and register it; one that is registered already stays as it is.

    `ask`: the time-stamping authority, if there is one.

    Raises:
        LookupError: when nothing draws its kind in this process.
        Busy: when a hundred wait for their seal.
        OSError: when the key cannot be read.
    """
    document = await read(queries.by_number, number)
    if document is None:
        return UNKNOWN
    if document.state != State.PREPARED:
        return document
    key = seal_key()
    sealed = await seals.run(_make, document, key, ask)
    return await write(_register, number, sealed, key.name.hex())


def _make(document: IssuedDocument, key: SealKey, ask: Ask | None) -> Sealed:
    from models.casework.issued.seal import seal  # 16 MB, for the processes that seal alone

    pdf = kinds.drawing_of(document.kind)(_drawing(document, key))
    return asyncio.run(seal(pdf, key, document.authority, ask))


def _drawing(document: IssuedDocument, key: SealKey) -> Drawing:
    names_holder = kinds.kind_of(document.kind).names_holder
    told = statement.claims(
        number=document.number,
        kind=document.kind,
        authority=document.authority,
        issued_at=document.issued_at,
        contents_digest=document.contents_digest,
        destination=document.destination,
        holder=document.holder if names_holder else "",
    )
    signed = statement.sign(told, key)
    return Drawing(
        number=document.number,
        check=rules.grouped(document.check_code),
        code=statement.code(settings().public_url, document.number, document.check_code, signed),
        authority=document.authority,
        language=document.language,
        issued_at=document.issued_at,
        contents=document.contents,
    )


def _register(db: DbSession, number: str, sealed: Sealed, key: str) -> IssuedDocument:
    document = db.get_one(IssuedDocument, number)
    if document.state != State.PREPARED:
        return document  # another process was first: its bytes are the document
    document.state = State.VALID
    document.sealed_at = clock.now()
    document.pdf_digest, document.pdf_size = sealed.digest, len(sealed.content)
    document.key, document.timestamped = key, sealed.timestamped
    db.add(document)
    db.add(IssuedContent(number=number, content=sealed.content))
    record(
        db,
        "issued_document.issued",
        subject=document.subject,
        siren=document.siren,
        post_code=document.post_code,
        number=number,
        document=document.kind,
        digest=document.pdf_digest,
        contents=document.contents_digest,
        key=key,
    )
    if document.replaces:
        _replace(db, document)
    return document


def _replace(db: DbSession, document: IssuedDocument) -> None:
    """The new one is sealed: from now on it stands in the place of the former, which stays withdrawn if it was."""
    former = db.get_one(IssuedDocument, document.replaces)
    former.replaced_by = document.number
    if former.state == State.VALID:
        former.state, former.changed_at = State.REPLACED, document.sealed_at
    db.add(former)
    record(
        db,
        "issued_document.replaced",
        subject=former.subject,
        siren=former.siren,
        post_code=former.post_code,
        number=former.number,
        by=document.number,
    )


def withdraw(db: DbSession, number: str, why: Why, *, actor: str = SYSTEM) -> Refusal | None:
    """Withdraw the document, in the caller's transaction: its public page says so from that moment.

    One that is numbered and not sealed yet is never sealed. Who may is for the service to say.
    """
    document = queries.by_number(db, number)
    if document is None:
        return UNKNOWN
    if document.state not in (State.PREPARED, State.VALID):
        return NOT_VALID
    document.state, document.changed_at, document.reason = State.WITHDRAWN, clock.now(), why.value
    db.add(document)
    record(
        db,
        "issued_document.withdrawn",
        actor=actor,
        subject=document.subject,
        siren=document.siren,
        post_code=document.post_code,
        number=number,
        why=why.value,
    )
    return None
