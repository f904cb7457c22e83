"""Accounts, their sessions, and the programs of partners."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel, UniqueConstraint


class Account(SQLModel, table=True):
    """One person's account (PPR-01), with what COM-04 records of it."""

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    """Lower case."""
    name: str
    role: str
    """One of models.identity.accounts.rules.Role."""
    siren: str | None = Field(default=None, foreign_key="company.siren")
    """The company that the person belongs to; None for officers."""
    password_hash: str
    """Empty until the first password is set: nothing matches it."""
    created_at: datetime
    email_verified_at: datetime | None = None
    last_sign_in_at: datetime | None = None
    password_changed_at: datetime
    failed_attempts: int = 0
    last_failed_at: datetime | None = None
    locked_until: datetime | None = None

    @property
    def key(self) -> int:
        """Its `id`, which it has once it was written.

        Raises:
            ValueError: before that.
        """
        if self.id is None:
            raise ValueError("this account was not written yet")
        return self.id


class Session(SQLModel, table=True):
    """One sign-in, revocable at once: the cookie only names it."""

    id: str = Field(primary_key=True)
    """The `jti` of the cookie's token: 32 random bytes, base64url."""
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    siren: str | None = None
    """The company that the person chose to work for (PPR-03)."""
    device: str = ""
    """`Firefox sur Android`: for its holder, who must recognise it in the list of open sessions."""
    failed_proofs: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Wrong passwords given within it, in a row: at the fifth it ends (COM-02)."""


class EmailLink(SQLModel, table=True):
    """A link sent by e-mail, good once and for a time (COM-03, COM-05). What is sent is signed, not kept."""

    __tablename__ = "email_link"

    id: str = Field(primary_key=True)
    """Random; the link carries it in a signed token."""
    purpose: str
    """One of models.identity.accounts.links.Purpose."""
    account_id: int = Field(foreign_key="account.id", index=True)
    email: str
    """The address that it was sent to: for a change of address, the new one."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class TermsAcceptance(SQLModel, table=True):
    """Which version of the terms of use an account accepted, and when (COM-10)."""

    __tablename__ = "terms_acceptance"
    __table_args__ = (UniqueConstraint("account_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    version: str
    """`2026-11`: one of models.identity.accounts.terms."""
    accepted_at: datetime


class PartnerClient(SQLModel, table=True):
    """A program that sends messages or reads through the partner API (OAuth2 client credentials)."""

    __tablename__ = "partner_client"

    id: str = Field(primary_key=True)
    name: str
    secret_hash: str
    scopes: str
    """Separated by spaces, such as `messages:write consignments:read`."""
    co_owners: str = ""
    """In whose name it speaks: codes of models.kernel.co_owners.CoOwner, separated by spaces."""
    revoked_at: datetime | None = None


class SignInAttempts(SQLModel, table=True):
    """Failed attempts on an e-mail address that has no account (COM-02).

    They count, warn and lock as on an account, so that nobody learns from the answers which addresses have one.
    """

    __tablename__ = "sign_in_attempts"

    key: str = Field(primary_key=True)
    """Keyed hash of the address: what somebody typed by mistake is not kept in clear."""
    failed_attempts: int = 0
    last_failed_at: datetime | None = Field(default=None, index=True)
    locked_until: datetime | None = None
