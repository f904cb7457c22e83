"""What waits for the viewer, for the dashboard (SES-02, SES-04)."""

from models.border.consignments.tables import Step
from models.border.follow_up.queries.awaited import awaited
from tests.factories import A, B, add_basics, after, keep, officer, operator, row
from tests.support.databases import both_databases, reading

MINE = {"actor": "operator", "action": "pay_duties"}


@both_databases
async def test_the_most_urgent_first_and_how_many_there_are(database: str) -> None:
    """SES-02: blocked, then what is planned, the soonest first; of the company worked for only."""
    del database
    await add_basics()
    action = MINE | {"state": "action_required", "step": "physical"}
    rows = [
        row(1, **action),
        row(2, **action),
        row(3, **action),
        row(4, **(MINE | {"state": "blocked"})),
        row(5, B, **action),
        row(6),
    ]
    await keep(*rows)
    await keep(
        Step(consignment_id=rows[1].key, kind="physical", status="planned", planned_at=after(5), authority="sivep"),
        Step(consignment_id=rows[2].key, kind="physical", status="planned", planned_at=after(2), authority="sivep"),
        Step(consignment_id=rows[0].key, kind="physical", status="started", planned_at=after(1), authority="sivep"),
    )  # fmt: skip
    async with reading() as db:
        found, count = awaited(db, operator(A), limit=3)
        assert [one.consignment.id for one in found] == [rows[3].id, rows[2].id, rows[1].id]
        assert [one.planned_at for one in found] == [None, after(2), after(5)]
        assert count == 4
        assert awaited(db, operator(B), limit=3)[1] == 1
        assert awaited(db, operator(A, follows=False), limit=3) == ([], 0)
        assert awaited(db, officer(), limit=3)[1] == 1  # of its side, at its post
