"""The journal: every fact, once, in the order of the commits, for ever; and the seals that prove it."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, ScalarSelect, String, func, select
from sqlmodel import Field, SQLModel, col

from models.kernel import clock
from models.kernel.subject import Subject

TIMED = 2
"""The first format that seals when, and after which seal, each entry was written."""
FORMAT = 3
"""Of the seals that are made today. The one before tells, of what an entry is about, its consignment alone."""
NAME_LENGTH = 16
"""How many digits of a seal's signature an entry names it by."""


def _nonce() -> str:
    return secrets.token_hex(16)


class JournalSeal(SQLModel, table=True):
    """The seal of one batch of entries. Never changed, never deleted; each names the one before it."""

    __tablename__ = "journal_seal"

    batch: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """1, 2, 3..."""
    first_seq: int = Field(sa_type=BigInteger)
    last_seq: int = Field(sa_type=BigInteger, index=True)
    count: int
    root: str
    """Of the entries' Merkle tree (RFC 6962)."""
    previous: str
    """SHA-256 of the previous seal's bytes; zeros for the first."""
    sealed_at: datetime
    key: str
    """Which key signed: the beginning of the public key's SHA-256."""
    signature: str
    """Ed25519 over the seal's bytes, hexadecimal."""
    leaves: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))
    """[seq, digest] of each entry, which tells the entry that differs; the root vouches for them."""
    version: int = Field(default=FORMAT, sa_column_kwargs={"server_default": "1"})
    """The format: see FORMAT."""
    endorsement: str | None = None
    """Where the key changed: what the key before signed of this seal, hexadecimal."""

    @property
    def name(self) -> str:
        """What the entries that were written after it name it by."""
        return self.signature[:NAME_LENGTH]


def _newest_seal() -> ScalarSelect[str]:
    """Its name, found by the insertion itself: no statement more."""
    name = func.substr(JournalSeal.signature, 1, NAME_LENGTH)
    return select(name).order_by(col(JournalSeal.batch).desc()).limit(1).scalar_subquery()


class JournalEntry(SQLModel, table=True):
    """One fact, written in the transaction that made it. Never changed, never deleted.

    `personal` and its salt alone can be purged: the digest stays, and the seals still hold.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject_kind", "subject_id"),)

    seq: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    at: datetime
    kind: str
    """`noun.verb`, such as consignment.step_recorded."""
    actor: str
    """account:12, partner:demo-partner, or system."""
    subject_kind: str | None = None
    """What it is about, as in Subject; None where the fact is its own subject."""
    subject_id: str | None = None
    siren: str | None = None
    post_code: str | None = None
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Codes only: it can never be purged."""
    nonce: str = Field(default_factory=_nonce, sa_column=Column(String, nullable=False, default=_nonce))
    """Makes the entry's digest unguessable: the certified copy of a neighbour shows it."""
    personal: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    """What names or describes a person, or is free text."""
    personal_salt: str | None = None
    personal_digest: str | None = None
    """What is sealed of the personal part; see models.journal.canonical."""
    written_at: datetime | None = Field(
        default_factory=clock.machine, nullable=True, sa_column_kwargs={"default": clock.machine}
    )
    """When it was written, by the machine's clock; none for what a version before wrote."""
    after_seal: str | None = Field(
        default=None, sa_column=Column(String, nullable=True, default=_newest_seal())
    )
    """The newest seal when it was written, by its name; none before the first. A seal that is made again later
    has another name, and contradicts the entries that know the first."""

    @property
    def subject(self) -> Subject | None:
        """What it is about."""
        return Subject(self.subject_kind, self.subject_id or "") if self.subject_kind else None

    def key_among(self, kind: str) -> int | None:
        """The number of the thing of that kind that it is about; None when it is about something else."""
        known = self.subject_kind == kind and self.subject_id is not None
        return int(self.subject_id or "") if known and (self.subject_id or "").isdecimal() else None
