"""The people of a company, for those who answer for it; and who those are, for its people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Certification, Invitation
from models.identity.habilitations.tables import Habilitation
from models.identity.habilitations.vocabulary import Right, Service
from models.identity.people.policy import may_manage
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.stamps import stamp


def standing(account_id: int, *, certified: bool, corresponds: bool) -> str:
    """The stamp of how somebody stands in the company."""
    return stamp(account_id, certified, corresponds)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may see or do something for the company."""

    account_id: int
    name: str
    email: str
    of_company: bool
    """False for somebody of another company, who holds a right here."""
    certified_at: datetime | None = None
    corresponds: bool = False
    rights: Sequence[Held] = field(default_factory=tuple)

    @property
    def stamp(self) -> str:
        """What tells how they stand in the company from anything else (models/kernel/stamps.py)."""
        return standing(
            self.account_id, certified=self.certified_at is not None, corresponds=self.corresponds
        )


def people(db: DbSession, viewer: Viewer) -> list[Person]:
    """Who belongs to the company worked for, or holds a right on its SIREN; by name."""
    if may_manage(viewer) is not None or viewer.siren is None:
        return []
    active = (col(Habilitation.siren) == viewer.siren, col(Habilitation.withdrawn_at).is_(None))
    rights: defaultdict[int, list[Held]] = defaultdict(list)
    for row in db.exec(select(Habilitation).where(*active)).all():
        rights[row.account_id].append(Held(row.co_owner, row.service, row.right, row.siret or ""))
    condition = or_(col(Account.siren) == viewer.siren, col(Account.id).in_(rights))
    accounts = db.exec(select(Account).where(condition).order_by(col(Account.name))).all()
    certified = _certified(db, viewer.siren)
    return [
        Person(
            row.id,
            row.name,
            row.email,
            row.siren == viewer.siren,
            certified.get(row.id),
            any(
                right.right == Right.CORRESPOND and right.service == Service.PASSAVANT
                for right in rights[row.id]
            ),
            tuple(sorted(right for right in rights[row.id] if right.service != Service.PASSAVANT)),
        )
        for row in accounts
        if row.id is not None
    ]


def invitations(db: DbSession, viewer: Viewer) -> Sequence[Invitation]:
    """The invitations of the company worked for that wait for an answer, the newest first."""
    if may_manage(viewer) is not None or viewer.siren is None:
        return []
    waiting = open_invitations(viewer.siren).order_by(col(Invitation.invited_at).desc())
    return db.exec(waiting).all()


def correspondents(db: DbSession, viewer: Viewer) -> list[str]:
    """Who answers for the company worked for: names, for its own people, who must know whom to ask."""
    if viewer.siren is None:
        return []
    names = select(Account.name).join(Habilitation, col(Habilitation.account_id) == col(Account.id))
    return list(db.exec(names.where(*_corresponds(viewer.siren)).order_by(col(Account.name))).all())


def correspondents_of(db: DbSession, siren: str) -> Sequence[Habilitation]:
    """The rights by which people answer for that company (PPR-10)."""
    return db.exec(select(Habilitation).where(*_corresponds(siren))).all()


def is_correspondent(db: DbSession, account_id: int, siren: str) -> bool:
    """Whether that person answers for that company (PPR-10)."""
    named = select(Habilitation.id).where(Habilitation.account_id == account_id, *_corresponds(siren))
    return db.exec(named).first() is not None


def certification_of(db: DbSession, account_id: int, siren: str) -> Certification | None:
    """What vouches now that an account is that of somebody of the company (PPR-10)."""
    return db.exec(_certifications(siren).where(Certification.account_id == account_id)).first()


def open_invitations(siren: str) -> SelectOfScalar[Invitation]:
    """The invitations of a company that wait for an answer."""
    return _waiting().where(Invitation.siren == siren)


def invitations_by(db: DbSession, account_id: int, siren: str | None) -> Sequence[Invitation]:
    """Those that this person sent and that wait for an answer, of one company or, without a SIREN, of all."""
    sent = _waiting().where(Invitation.invited_by == account_id)
    return db.exec(sent.where(Invitation.siren == siren) if siren else sent).all()


def _waiting() -> SelectOfScalar[Invitation]:
    return select(Invitation).where(
        col(Invitation.answered_at).is_(None),
        col(Invitation.cancelled_at).is_(None),
        col(Invitation.expires_at) > clock.now(),
    )


def _corresponds(siren: str) -> tuple[ColumnElement[bool], ...]:
    """The rights to answer for that company that nobody withdrew: the portal itself gives them."""
    return (
        col(Habilitation.siren) == siren,
        col(Habilitation.service) == Service.PASSAVANT,
        col(Habilitation.right) == Right.CORRESPOND,
        col(Habilitation.withdrawn_at).is_(None),
    )


def _certifications(siren: str) -> SelectOfScalar[Certification]:
    return select(Certification).where(Certification.siren == siren, col(Certification.ended_at).is_(None))


def _certified(db: DbSession, siren: str) -> dict[int, datetime]:
    return {row.account_id: row.certified_at for row in db.exec(_certifications(siren)).all()}
