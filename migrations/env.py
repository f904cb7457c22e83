"""What Alembic runs around every migration. The connection is opened by app/migration.py."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from app.migration import migrating_connection
from models.kernel.settings.portal import settings
from models.money.payments.money import Money
from models.tables import metadata


def _plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """SQLModel's own types, and ours, as the plain ones they are in the database: a migration outlives them."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Money):
        return "sa.BigInteger()"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=_plain_type,
        compare_type=True,
        compare_server_default=True,
    )
    # No commit of Alembic's own: whoever opened the connection commits all the steps, or none.
    context.run_migrations()


async def _open_and_run() -> None:
    async with migrating_connection(settings().database) as connection:
        await connection.run_sync(_run)


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    asyncio.run(_open_and_run())
