"""Who may use which service, for which company or at which post."""

from datetime import datetime

from sqlmodel import Field, SQLModel


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
    granted_at: datetime
    withdrawn_at: datetime | None = None


class Posting(SQLModel, table=True):
    """An officer's service at a border control post: what SES-05 lets them see."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    post_code: str = Field(foreign_key="post.code", index=True)
    starts_at: datetime
    ends_at: datetime | None = None
