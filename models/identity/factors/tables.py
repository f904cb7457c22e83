"""What proves the holder of an account besides the password."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class SecondFactor(SQLModel, table=True):
    """A passkey, or an application that shows codes (TOTP), of one account."""

    __tablename__ = "second_factor"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str
    """One of models.identity.factors.rules.Kind."""
    label: str
    """`Téléphone`: for its holder, who must recognise it."""
    created_at: datetime
    used_at: datetime | None = None
    credential_id: str | None = Field(default=None, unique=True)
    """Of a passkey, base64url."""
    public_key: str = ""
    """Of a passkey: COSE, base64url."""
    sign_count: int = Field(default=0, sa_type=BigInteger)
    """Of a passkey: how often it signed, as it said the last time; one that counts never says less."""
    secret: str = ""
    """Of an application: what its codes derive from, encrypted (models/identity/factors/secrets_at_rest.py)."""
    last_step: int = 0
    """Of an application: the period of 30 seconds whose code was taken last; it is not taken again."""


class RecoveryCode(SQLModel, table=True):
    """A code that stands for the second factor once."""

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    digest: str
    """Keyed hash of the code and of whose it is."""
    made_at: datetime
    used_at: datetime | None = None


class Ceremony(SQLModel, table=True):
    """A proof that was asked and has not come yet: at a sign-in after the password, or to add a factor."""

    id: str = Field(primary_key=True)
    """Random; at a sign-in, a signed cookie names it."""
    purpose: str
    """One of models.identity.factors.rules.Purpose."""
    account_id: int = Field(foreign_key="account.id", index=True)
    session_id: str | None = Field(default=None, foreign_key="session.id")
    """The session that adds a factor; None at a sign-in, which has none yet."""
    challenge: str
    """Random, base64url: what a passkey must sign, here and now."""
    secret: str = ""
    """Of an application that is being added: encrypted."""
    label: str = ""
    device: str = ""
    """The browser that signs in, as its session will say."""
    former_failures: int = 0
    """Wrong passwords in a row before the right one (COM-04)."""
    failures: int = 0
    """Wrong answers."""
    started_at: datetime = Field(index=True)
    expires_at: datetime
    ended_at: datetime | None = None


class FactorRecovery(SQLModel, table=True):
    """Somebody who knows the password has lost every second factor, and asks to sign in without."""

    __tablename__ = "factor_recovery"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    asked_at: datetime
    expires_at: datetime
    certified_at: datetime | None = None
    certified_by: int | None = Field(default=None, foreign_key="account.id")
    holds_from: datetime | None = None
    """From when on it takes effect, at the next sign-in: the holder has had time to object."""
    ended_at: datetime | None = None
    outcome: str = ""
    """done, objected, or the reason why it came to nothing."""
