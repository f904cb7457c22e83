"""The digital import file: the messages received about a consignment, as documents (SES-40)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment
from models.border.messages.tables import AwaitedSubject, Message, MessageBody, MessageSubject
from models.border.passage.keys import KeyKind, canonical
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.french import local

_ENDINGS = {"application/xml": "xml", "application/json": "json", "application/edifact": "edi"}


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an import file. `size` is in bytes."""

    id: str
    title: str
    format: str
    size: int
    media_type: str
    received_at: datetime
    issued_at: datetime | None
    name: str
    """File name to download it under."""


def _of_one(viewer: Viewer, reference: str) -> SelectOfScalar[Message]:
    return (
        select(Message)
        .join(MessageSubject, col(MessageSubject.message_id) == col(Message.id))
        .join(Consignment, col(Consignment.id) == col(MessageSubject.consignment_id))
        .where(visible(viewer), Consignment.reference == canonical(reference))
        .where(col(Message.format) != "coarri", col(Message.id).not_in(_shared()))
        .where(col(Message.id).not_in(_citing_unknown()))
        .order_by(col(Message.issued_at), col(Message.received_at))
    )


def _shared() -> SelectOfScalar[str]:
    """The messages that told of consignments of several companies."""
    named = aliased(Consignment)
    return (
        select(MessageSubject.message_id)
        .join(named, col(named.id) == col(MessageSubject.consignment_id))
        .group_by(col(MessageSubject.message_id))
        .having(func.count(func.distinct(func.coalesce(named.siren, named.reference))) > 1)
    )


def _citing_unknown() -> SelectOfScalar[str]:
    """The messages that cite a CHED which was not notified yet: it may be another company's."""
    return select(AwaitedSubject.message_id).where(AwaitedSubject.kind == KeyKind.CHED)


def of_consignment(db: DbSession, viewer: Viewer, reference: str) -> list[Document]:
    """The documents of the consignment `reference`, oldest first; none when the viewer may not see it.

    A message that names other companies' goods is nobody's document: a port's report of containers, or an
    answer of customs about several companies. What it says stands in the timeline (SES-04).
    """
    rows = db.exec(_of_one(viewer, reference)).all()
    return [_document(row, canonical(reference)) for row in rows]


def content(db: DbSession, viewer: Viewer, reference: str, document_id: str) -> tuple[Document, bytes] | None:
    """One document and its bytes, exactly as received; None when there is none for this viewer."""
    wanted = {document.id: document for document in of_consignment(db, viewer, reference)}
    if document_id not in wanted:
        return None
    body = db.get(MessageBody, document_id)
    return (wanted[document_id], body.content) if body else None


def contents(db: DbSession, viewer: Viewer, reference: str) -> Iterator[tuple[Document, bytes]]:
    """Every document of a consignment with its bytes, one after the other."""
    for document in of_consignment(db, viewer, reference):
        body = db.get(MessageBody, document.id)
        if body is not None:
            yield document, body.content
            db.expunge(body)


def _document(row: Message, reference: str) -> Document:
    stamp = local(row.issued_at or row.received_at).strftime("%Y-%m-%d_%Hh%M")
    ending = _ENDINGS.get(row.media_type, "txt")
    kind = {"ched": "DSCE", "wco": "douane", "event": "evenement"}.get(row.format, "message")
    name = f"{reference}_{kind}_{stamp}_{row.id[:4]}.{ending}"
    return Document(
        row.id, row.summary, row.format, row.size, row.media_type, row.received_at, row.issued_at, name
    )
