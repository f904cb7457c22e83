"""A service of the tests, whose dossiers may have files attached; and files, good and bad."""

from collections import Counter
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from sqlmodel import select

from models.casework.attachments import actions, rules
from models.casework.attachments.actions import Begun, Progress
from models.casework.attachments.content import JPEG, PDF
from models.casework.attachments.policy import Caller
from models.casework.attachments.rules import MEGABYTE, Announced, AttachmentRules, Concerned, Fault
from models.casework.attachments.tables import Attachment
from models.identity.accounts.partners import Scope
from models.identity.accounts.rules import Role
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject
from tests.support.accounts import A, B
from tests.support.databases import reading

CLOSED = Refusal("Ce dossier est clos\u00a0: rien ne peut plus y être joint.")
DOSSIER, OTHER, SHUT = Subject("dossier", A), Subject("dossier", B), Subject("dossier", f"{A}-closed")
"""Of company A, of company B, and one of A to which nothing is attached any more."""


def _may_see(_db: DbSession, viewer: Viewer, subject: Subject) -> bool:
    return viewer.role is Role.CUSTOMS or viewer.siren == subject.id[:9]


def _may_add(_db: DbSession, _viewer: Viewer, subject: Subject) -> Refusal | None:
    return CLOSED if subject.id.endswith("-closed") else None


def _concerns(_db: DbSession, subject: Subject) -> Concerned:
    return Concerned(subject.id[:9])


RULES = AttachmentRules(
    kind="dossier",
    most_files=5,
    most_bytes_each=5 * MEGABYTE,
    most_bytes_in_all=12 * MEGABYTE,
    file_types=(PDF, JPEG),
    may_see=_may_see,
    may_add=_may_add,
    concerns=_concerns,
    scope=Scope.CONSIGNMENTS_READ,
)


@pytest.fixture
def dossiers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service of the tests is there; files that were not scanned may be had."""
    monkeypatch.setenv("PASSAVANT_UNSCANNED_FILES", "allow")
    settings.cache_clear()
    monkeypatch.setitem(rules._REGISTRY, RULES.kind, RULES)


def person(siren: str = A, account_id: int = 1, role: Role = Role.OPERATOR) -> Viewer:
    """Somebody of that company."""
    return Viewer(account_id, "", "Lise Marchand", role, siren=siren if role is Role.OPERATOR else None)


def pdf(words: str = "", pages: int = 1, password: str = "", padding: int = 0) -> bytes:
    """A PDF of blank pages; another one for each `words`, of so many bytes more."""
    writer, made = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(300, 400)
    writer.add_metadata({"/Title": words + "x" * padding})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def image(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """An image of noise, in that format."""
    made = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, kind, **options)
    return made.getvalue()


async def sent(
    content: bytes,
    name: str = "certificat.pdf",
    caller: Caller | None = None,
    subject: Subject = DOSSIER,
    piece: int = rules.PIECE,
) -> Progress | Fault:
    """The file, announced and sent in pieces of that size; what came of it."""
    sender = caller or person()
    begun = await actions.begin(sender, subject, Announced(name, len(content)))
    if not isinstance(begun, Begun):
        assert begun is not None
        return begun
    outcome = await actions.progress(sender, begun.reference)
    for start in range(begun.offset, len(content), piece):
        received = await actions.receive(
            sender, begun.reference, start, coming(content[start : start + piece])
        )
        assert isinstance(received, Progress)
        outcome = received
    assert outcome is not None
    return outcome


async def rows() -> list[Attachment]:
    """Every attachment, oldest first."""
    async with reading() as db:
        return list(db.exec(select(Attachment).order_by(Attachment.id)).all())  # type: ignore[arg-type]


async def begin_many(first: int, count: int) -> dict[str, int]:
    """So many files begun, from a process of its own; how each ended."""
    rules._REGISTRY[RULES.kind] = RULES
    ends = Counter[str]()
    for number in range(first, first + count):
        begun = await actions.begin(person(), DOSSIER, Announced(f"{number}.pdf", 1_000))
        ends[begun.reason if isinstance(begun, Fault) else type(begun).__name__] += 1
    return dict(ends)


async def coming(*pieces: bytes) -> AsyncIterator[bytes]:
    """What a request brings."""
    for piece in pieces:
        yield piece
