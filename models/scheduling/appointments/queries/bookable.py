"""The consignments of which a check may be booked, and which checks (SES-10)."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.border.consignments.policy import visible
from models.border.consignments.tables import Consignment, Step
from models.border.passage.keys import canonical
from models.border.passage.vocabulary import StepKind, StepStatus
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.posts.tables import Post
from models.scheduling.appointments.tables import BookedControl

CHECKS = (StepKind.IDENTITY, StepKind.PHYSICAL)


def waiting(
    db: DbSession,
    viewer: Viewer,
    *,
    post_code: str = "",
    step: StepKind | None = None,
    references: Collection[str] = (),
    after: str = "",
    limit: int = 50,
) -> Sequence[tuple[Consignment, str]]:
    """Those of which that check, or either, may be booked, and the name of their post, by reference.

    Narrowed to a post, to some `references`; a page begins after the reference `after`.
    """
    rows = (
        select(Consignment, Post.name)
        .join(Post, col(Post.code) == col(Consignment.post_code))
        .where(visible(viewer), col(Consignment.closed_at).is_(None))
        .where(col(Consignment.siren).is_not(None), col(Consignment.id).in_(due(step)))
        .where(col(Consignment.reference) > after)
        .order_by(col(Consignment.reference))
        .limit(limit)
    )
    if post_code:
        rows = rows.where(Consignment.post_code == post_code)
    if references:
        rows = rows.where(col(Consignment.reference).in_(list(map(canonical, references))))
    return db.exec(rows).all()


def due(step: StepKind | None = None) -> SelectOfScalar[int]:
    """The keys of the consignments of which that check, or either, is asked for, not done and not booked."""
    booked = select(BookedControl.id).where(
        BookedControl.consignment_id == Step.consignment_id, BookedControl.step == Step.kind
    )
    return select(Step.consignment_id).where(
        col(Step.kind).in_((step,) if step else CHECKS), Step.status == StepStatus.PLANNED, ~booked.exists()
    )


def steps_due(db: DbSession, ids: Collection[int]) -> defaultdict[int, set[StepKind]]:
    """The checks of these consignments that are asked for, not done and not booked."""
    asked = select(Step.consignment_id, Step.kind).where(
        col(Step.consignment_id).in_(ids), col(Step.kind).in_(CHECKS), Step.status == StepStatus.PLANNED
    )
    have = select(BookedControl.consignment_id, BookedControl.step).where(
        col(BookedControl.consignment_id).in_(ids)
    )
    booked = set(db.exec(have).all())
    steps: defaultdict[int, set[StepKind]] = defaultdict(set)
    for consignment_id, kind in db.exec(asked):
        if (consignment_id, kind) not in booked:
            steps[consignment_id].add(StepKind(kind))
    return steps
