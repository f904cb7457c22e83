"""What a certified copy is made of, read as the person who asks for it may see it (SES-52, SES-04)."""

from dataclasses import dataclass
from datetime import datetime

from models.border.documents import queries as documents
from models.border.documents.proofs import Records, records_of
from models.border.documents.queries import Document
from models.border.follow_up.queries import listing as queries
from models.border.follow_up.queries.listing import Detail
from models.identity.accounts.viewer import Viewer
from models.journal.sealing.seals import seal_pending
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.database import read as read_database


@dataclass(frozen=True, slots=True)
class Copy:
    """One consignment: as it stands, its messages, and its records with their proofs."""

    made_at: datetime
    detail: Detail
    messages: list[tuple[Document, bytes]]
    records: Records

    @property
    def reference(self) -> str:
        """The CHED's reference."""
        return self.detail.consignment.reference


async def read(viewer: Viewer, reference: str) -> Copy | None:
    """The copy of the consignment `reference`; None when there is none for this viewer.

    Seals the journal first, so that what was written a moment ago is proved too.

    Raises:
        OSError: when the seals cannot be anchored.
    """
    if await read_database(queries.id_of, viewer, reference) is None:
        return None
    await seal_pending()

    def query(db: DbSession) -> Copy | None:
        detail = queries.one(db, viewer, reference)
        if detail is None:
            return None
        messages = list(documents.contents(db, viewer, reference))
        records = records_of(db, viewer, detail.consignment.key)
        return Copy(clock.now(), detail, messages, records)

    return await read_database(query)
