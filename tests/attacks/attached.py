"""A file on each dossier of the world, seen by those who see the dossier: for the matrix of routes."""

import pytest
from sqlmodel import select

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment
from models.casework.attachments import rules, storage
from models.casework.attachments.content import PDF
from models.casework.attachments.rules import AttachmentRules, Concerned
from models.casework.attachments.tables import Attachment, AttachmentPage
from models.casework.attachments.vocabulary import Side, State
from models.identity.accounts.viewer import Viewer
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject
from tests.state.world import DOSSIERS, Dossier
from tests.support.databases import transaction

_KIND = "consignment"


def _may_see(db: DbSession, viewer: Viewer, subject: Subject) -> bool:
    own = select(Consignment.id).where(visible(viewer), Consignment.reference == subject.id)
    return db.exec(own).first() is not None


RULES = AttachmentRules(
    kind=_KIND,
    most_files=50,
    most_bytes_each=1_000_000,
    most_bytes_in_all=50_000_000,
    file_types=(PDF,),
    may_see=_may_see,
    may_add=lambda _db, _viewer, _subject: None,
    concerns=lambda _db, _subject: Concerned(),
)


async def attach_to_all(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The reference of the file that each dossier has: it tells what the dossier's owner alone knows."""
    monkeypatch.setitem(rules._REGISTRY, _KIND, RULES)
    monkeypatch.setenv("PASSAVANT_UNSCANNED_FILES", "allow")
    settings.cache_clear()
    return {name: await _attach(dossier, number) for number, (name, dossier) in enumerate(DOSSIERS.items())}


async def _attach(dossier: Dossier, number: int) -> str:
    reference = f"{number:032x}"
    content = " ".join(dossier.secrets).encode()
    file, page = storage.new_key(reference, "whole"), storage.new_key(reference, "page-1")
    storage.put(file, content)
    storage.put(page, content)
    async with transaction() as db:
        attachment = Attachment(
            reference=reference,
            subject_kind=_KIND,
            subject_id=dossier.reference,
            side=Side.COMPANY,
            name=f"{dossier.scientific_name}.pdf",
            kind=PDF.code,
            size=len(content),
            received=len(content),
            state=State.UNSCANNED,
            key=file,
            pages=1,
            begun_at=clock.now(),
            moved_at=clock.now(),
        )
        db.add(attachment)
        db.flush()
        db.add(AttachmentPage(attachment_id=attachment.id or 0, page=1, key=page, width=1, height=1))
    return reference
