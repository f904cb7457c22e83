"""Who may use which service, for which company or at which post."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Habilitation(SQLModel, table=True):
    """The right of one person to use one service with one right, for a SIREN or a SIRET."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    service: str
    """SESAME, TELEPAIEMENT_SEPA, DELTA_G..."""
    right: str
    """suivi, rendez-vous, telepayer, adherer..."""
    siren: str = Field(foreign_key="company.siren", index=True)
    siret: str | None = None
    """None: for the whole company."""
    co_owner: str = "DGDDI"
    """One of models.kernel.co_owners.CoOwner: who gave it, and alone can take it back."""
    granted_at: datetime
    withdrawn_at: datetime | None = None


class HabilitationEvent(SQLModel, table=True):
    """An event that a co-owner sent, by its own number: sent again, it changes nothing (PPR-09)."""

    __tablename__ = "habilitation_event"

    id: str = Field(primary_key=True)
    """`CO_OWNER:NUMBER`: two co-owners may use the same number."""
    received_at: datetime


class CoOwnerLink(SQLModel, table=True):
    """The link between an account here and the account of the same person at a co-owner (PPR-04, PPR-07).

    A row is removed at unlinking; the journal keeps what was.
    """

    __tablename__ = "co_owner_link"
    __table_args__ = (UniqueConstraint("account_id", "co_owner"), UniqueConstraint("co_owner", "subject"))

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    co_owner: str
    subject: str
    """The person's identifier there (`sub` of its OpenID provider): it opens nothing here."""
    linked_at: datetime
    created_here: bool = False
    """Whether the portal opened the account there (PPR-06): then its password can be changed from the portal."""


class LinkAttempt(SQLModel, table=True):
    """Somebody sent to a co-owner to sign in there, until they come back: once, and soon (PPR-04)."""

    __tablename__ = "link_attempt"

    state: str = Field(primary_key=True)
    """SHA-256 of the `state` that the browser brings back."""
    session_id: str = Field(foreign_key="session.id", index=True)
    co_owner: str
    nonce: str
    code_verifier: str
    started_at: datetime = Field(index=True)


class Posting(SQLModel, table=True):
    """An officer's service at a border control post: what SES-05 lets them see."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    starts_at: datetime
    ends_at: datetime | None = None
