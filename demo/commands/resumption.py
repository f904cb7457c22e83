"""Lives taken up again from what the portal kept: the newest CHED as received, and the facts."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from demo.simulation.lives import Life
from models.border.consignments.settlement import not_undone
from models.border.consignments.tables import Consignment, StepFact
from models.border.messages.formats import recognition
from models.border.messages.tables import Message, MessageBody, MessageSubject
from models.border.passage.content import Ched
from models.border.passage.fold import Fact
from models.border.passage.vocabulary import ConsignmentState
from models.kernel.database import DbSession, read

_OVER = (ConsignmentState.CANCELLED,)


async def under_way(posts: Sequence[str]) -> list[str]:
    """References of what is not over at those posts: open, or released and still there."""
    asked = select(Consignment.reference).where(
        col(Consignment.post_code).in_(posts),
        col(Consignment.state).not_in(_OVER),
        col(Consignment.action) != "nothing",
    )

    def query(db: DbSession) -> list[str]:
        return sorted(db.exec(asked).all())

    return await read(query)


async def references() -> set[str]:
    """Every reference in use."""

    def query(db: DbSession) -> set[str]:
        return set(db.exec(select(Consignment.reference)).all())

    return await read(query)


async def resume(reference: str) -> Life | None:
    """The life of a consignment as the portal knows it, officers' own records included; None when unknown."""

    def query(db: DbSession) -> Life | None:
        consignment = db.exec(select(Consignment).where(Consignment.reference == reference)).first()
        if consignment is None or consignment.id is None:
            return None
        bodies = db.exec(
            select(MessageBody.content)
            .join(Message, col(Message.id) == col(MessageBody.message_id))
            .join(MessageSubject, col(MessageSubject.message_id) == col(Message.id))
            .where(MessageSubject.consignment_id == consignment.id, Message.format == "ched")
            .order_by(col(Message.issued_at).desc())
            .limit(1)
        )
        body = bodies.first()
        facts = db.exec(select(StepFact).where(StepFact.consignment_id == consignment.id))
        kept: defaultdict[str, list[Fact]] = defaultdict(list)
        for row in not_undone(facts.all()):
            kept[row.step].append(
                Fact(
                    row.status,
                    row.at,
                    row.authority,
                    row.result,
                    row.reason,
                    row.detail,
                    measure=row.measure,
                    due_on=row.due_on,
                )
            )
        ched = recognition.read(body).content if body else None
        return Life(ched, kept, consignment.mrn) if isinstance(ched, Ched) else None

    return await read(query)
