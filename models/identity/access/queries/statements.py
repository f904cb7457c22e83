"""The statements by which one finds out who is behind a session: every event asks them, so they are made once."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    exists,
    literal,
    null,
    or_,
    union_all,
)
from sqlalchemy import select as sql_select
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from models.identity.accounts.tables import Account, Session, TermsAcceptance
from models.identity.companies.tables import Company, RepresentationMandate
from models.identity.factors.tables import SecondFactor
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import clock
from models.posts.tables import Post

_NOW: BindParameter[Any] = bindparam("now", type_=UTCDateTime())
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _running_now(table: type[RepresentationMandate | Posting]) -> ColumnElement[bool]:
    return and_(col(table.starts_at) <= _NOW, or_(col(table.ends_at).is_(None), col(table.ends_at) > _NOW))


# Columns and no objects: the hub asks for many people at once.
_PERSON: tuple[Any, ...] = (
    col(Account.name),
    col(Account.role),
    col(Account.siren).label("home"),
    col(Company.name).label("home_name"),
    col(TermsAcceptance.id).label("accepted"),
    exists().where(col(SecondFactor.account_id) == col(Account.id)).label("has_factor"),
)
_HOME = col(Company.siren) == col(Account.siren)
_ACCEPTED = and_(
    col(TermsAcceptance.account_id) == col(Account.id), col(TermsAcceptance.version) == bindparam("terms")
)
RUNNING: Any = (
    sql_select(
        col(Session.id),
        col(Session.account_id),
        col(Session.siren).label("chosen"),
        *_PERSON,
    )
    .join(Account, col(Account.id) == col(Session.account_id))
    .join(Company, _HOME, isouter=True)
    .join(TermsAcceptance, _ACCEPTED, isouter=True)
    .where(col(Session.id).in_(_IDS), col(Session.ended_at).is_(None), col(Session.expires_at) > _NOW)
)
HOLDER: Any = (
    sql_select(
        literal("").label("id"),
        col(Account.id).label("account_id"),
        null().label("chosen"),
        *_PERSON,
    )
    .select_from(Account)
    .join(Company, _HOME, isouter=True)
    .join(TermsAcceptance, _ACCEPTED, isouter=True)
    .where(col(Account.id).in_(_IDS))
)
"""The same of an account, without a session; locked or not, as a lock stops the sign-in alone (COM-02)."""
_MINE = col(Habilitation.account_id).in_(_IDS), col(Habilitation.withdrawn_at).is_(None)
HELD: CompoundSelect[Any] = union_all(
    sql_select(
        col(Habilitation.account_id),
        col(Habilitation.service),
        col(Habilitation.right),
        col(Habilitation.siren),
        col(Company.name),
        col(Habilitation.co_owner),
        col(Habilitation.siret),
    )
    .join(Company, col(Company.siren) == col(Habilitation.siren))
    .where(*_MINE),
    sql_select(
        null(),
        null(),
        col(RepresentationMandate.represented),
        col(RepresentationMandate.representative),
        col(Company.name),
        null(),
        null(),
    )
    .join(Company, col(Company.siren) == col(RepresentationMandate.represented))
    .where(
        col(RepresentationMandate.representative).in_(sql_select(col(Habilitation.siren)).where(*_MINE)),
        _running_now(RepresentationMandate),
    ),
)
POSTS = (
    sql_select(col(Posting.account_id), col(Posting.post_code), col(Post.name))
    .join(Post, col(Post.code) == col(Posting.post_code))
    .where(col(Posting.account_id).in_(_IDS), _running_now(Posting))
    .order_by(col(Posting.starts_at), col(Posting.id))
)


def about(ids: Collection[Any]) -> dict[str, Any]:
    """What they are asked: about these sessions, or accounts, now."""
    return {"ids": list(ids), "now": clock.now()}
