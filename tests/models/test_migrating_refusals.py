"""What a refusal says outlives the migration that gave it columns of its own, in both directions."""

from sqlalchemy import text

from app.migration import migrate
from models.kernel.engines import make_short_lived_engine
from tests.models.test_migrations import empty

__all__ = ["empty"]

_CONSIGNMENT = """
INSERT INTO consignment (id, reference, ched_type, post_code, title, origin_country, purpose, packages, mrn,
  local_reference, ched_status, ched_issued_at, decision, measure, refusal_reasons, replaced_by, parts_digest, state,
  urgency, step, actor, action, opened_at, changed_at, quantity_unit)
VALUES (1, 'CHEDPP.FR.2026.0000001', 'CHEDPP', 'FRLEH1', 'Avocats', 'PE', '', '', '', '', '41',
  '2026-03-24 09:00:00', 'NOT_ACCEPTABLE', 'DESTRUCTION', 'OTHER TEMPERATURE', '', '', 'blocked', 0, 'decision',
  'operator', 'carry_out_measure', '2026-03-24 09:00:00', '2026-03-24 09:00:00', '')
"""
_ROWS = (
    (
        "INSERT INTO post (code, name, kind, locode, timezone, connected) "
        "VALUES ('FRLEH1', 'Le Havre', 'port', 'FRLEH', 'Europe/Paris', true)"
    ),
    _CONSIGNMENT,
    (
        "INSERT INTO message (id, digest, sender, received_at, size, media_type, format, status, refusal, warnings, "
        "summary, named_posts) VALUES ('m', 'd', 's', '2026-03-24 09:00:00', 1, 't', 'ched', 'applied', '', '', '', '')"
    ),
    (
        "INSERT INTO step_fact (id, consignment_id, step, status, at, recorded_at, authority, result, reason, detail, "
        "message_id) VALUES (1, 1, 'decision', 'unsatisfactory', '2026-03-24 09:00:00', '2026-03-24 09:00:00', 'sivep', "
        "'NOT_ACCEPTABLE', 'DESTRUCTION', '', 'm')"
    ),
    (
        "INSERT INTO step_fact (id, consignment_id, step, status, at, recorded_at, authority, result, reason, detail) "
        "VALUES (2, 1, 'decision', 'unsatisfactory', '2026-03-24 09:00:00', '2026-03-24 09:00:00', 'sivep', '', 'OTHER', '')"
    ),
    (
        "INSERT INTO step (consignment_id, kind, status, authority, result, reason, detail) "
        "VALUES (1, 'decision', 'unsatisfactory', 'sivep', 'NOT_ACCEPTABLE', 'DESTRUCTION', '')"
    ),
)


async def test_a_refusal_keeps_its_measure_and_its_reasons_both_ways(empty: str) -> None:
    """What a CHED told moves to columns of its own, what was recorded on screen stays where it was."""
    await migrate(empty, "0009")
    await _run(empty, *_ROWS)
    await migrate(empty, "0010")
    facts = await _run(empty, "SELECT reason, measure FROM step_fact ORDER BY id")
    assert facts == [("OTHER TEMPERATURE", "DESTRUCTION"), ("OTHER", "")]
    assert await _run(empty, "SELECT reason, measure FROM step") == [("OTHER TEMPERATURE", "DESTRUCTION")]
    await _run(
        empty,
        "INSERT INTO step_fact (id, consignment_id, step, status, at, recorded_at, authority, result, reason, detail, "
        "measure, undoes) VALUES (3, 1, 'decision', 'cancelled', '2026-03-24 09:00:00', '2026-03-24 09:00:00', 'sivep', "
        "'', 'WRONG_ENTRY', '', '', 2)",
    )
    await migrate(empty, "0009")
    assert await _run(empty, "SELECT id, reason FROM step_fact") == [(1, "DESTRUCTION")]
    assert await _run(empty, "SELECT reason FROM step") == [("DESTRUCTION",)]


async def _run(url: str, *statements: str) -> list[tuple[object, ...]]:
    """The rows that the last statement returns."""
    engine = make_short_lived_engine(url)
    rows: list[tuple[object, ...]] = []
    async with engine.begin() as connection:
        for statement in statements:
            found = await connection.execute(text(statement))
            rows = [tuple(row) for row in found] if found.returns_rows else []
    await engine.dispose()
    return rows
