"""Issued documents: the register, and the sealed bytes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.casework.issued.vocabulary import State
from models.kernel.subject import Subject


class IssuedDocument(SQLModel, table=True):
    """One document of the register: numbered in the transaction of its decision, then sealed (CTX-14, COM-13)."""

    __tablename__ = "issued_document"
    # Each version of a subject's document is issued once, whoever asks twice: the database is the arbiter.
    __table_args__ = (
        UniqueConstraint("kind", "subject_kind", "subject_id", "version", name="uq_issued_document_version"),
        UniqueConstraint("series", "rank", name="uq_issued_document_rank"),
        Index("ix_issued_document_subject", "subject_kind", "subject_id"),
    )

    number: str = Field(primary_key=True)
    """`FR-CTX-2026-007314`; see models.casework.issued.rules."""
    series: str
    """`FR-CTX-2026`."""
    rank: int
    check_code: str
    """Eight characters that are printed beside the number, and that nobody can guess."""
    kind: str
    """One of models.casework.issued.kinds."""
    subject_kind: str
    subject_id: str
    version: int
    """1, then one more for each that replaces another of the same subject."""
    authority: str
    """The office that took the decision, as the document names it."""
    language: str
    """Beside French: `en` or `es`; `fr` alone otherwise."""
    destination: str = ""
    """ISO 3166-1, two letters; empty when it goes nowhere in particular."""
    holder: str = ""
    """The company that it was issued to, by its name."""
    siren: str | None = None
    post_code: str | None = None
    contents: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What is drawn, and nothing else: a document that was interrupted is drawn again from it."""
    contents_digest: str
    """SHA-256 of the canonical JSON of the contents (RFC 8785), hexadecimal: the statement in the code seals it."""
    issued_at: datetime = Field(index=True)
    state: str = Field(default=State.PREPARED, index=True)
    """One of models.casework.issued.vocabulary.State."""
    sealed_at: datetime | None = None
    pdf_digest: str = ""
    """SHA-256 of the sealed bytes, hexadecimal."""
    pdf_size: int = 0
    key: str = ""
    """Which key sealed it: the beginning of the SHA-256 of the public key."""
    timestamped: bool = False
    """Whether an authority's time stamp is in the seal."""
    changed_at: datetime | None = None
    """When it was withdrawn or replaced."""
    reason: str = ""
    """One of models.casework.issued.vocabulary.Why; empty unless withdrawn."""
    replaces: str = ""
    """The number of the document that this one takes the place of, from the moment that it is sealed."""
    replaced_by: str = ""

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.subject_kind, self.subject_id)


class IssuedContent(SQLModel, table=True):
    """The sealed bytes of a document, apart so that the register is read without them."""

    __tablename__ = "issued_content"

    number: str = Field(primary_key=True, foreign_key="issued_document.number")
    content: bytes
