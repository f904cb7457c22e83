"""The people of a company, for those who answer for it; and who those are, for its people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select

from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Certification, Invitation
from models.identity.habilitations.tables import Habilitation
from models.identity.habilitations.vocabulary import Right, Service
from models.identity.people.actions import open_invitations, standing
from models.identity.people.policy import may_manage
from models.kernel.database import DbSession


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
    named = (
        select(Account.name)
        .join(Habilitation, col(Habilitation.account_id) == col(Account.id))
        .where(
            Habilitation.siren == viewer.siren,
            Habilitation.service == Service.PASSAVANT,
            Habilitation.right == Right.CORRESPOND,
            col(Habilitation.withdrawn_at).is_(None),
        )
        .order_by(col(Account.name))
    )
    return list(db.exec(named).all())


def _certified(db: DbSession, siren: str) -> dict[int, datetime]:
    running = select(Certification).where(Certification.siren == siren, col(Certification.ended_at).is_(None))
    return {row.account_id: row.certified_at for row in db.exec(running).all()}
