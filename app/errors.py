"""What a command says when it cannot do its work."""


class CannotRun(Exception):
    """A command cannot go on; its text is one line that says why and what to do."""


def explained(error: Exception) -> str:
    """What the operator can do about a database that is not there or has no tables; empty for a mistake of ours."""
    from psycopg.errors import UndefinedTable
    from sqlalchemy.exc import DBAPIError

    from models.kernel.outage import outage

    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, UndefinedTable) or "no such table" in str(
        cause
    ):  # of SQLite, which has no class for it
        return "the database has not the tables of this version: run `passavant migrate` first."
    away = outage(error)
    return {
        "database": "the database does not answer (PASSAVANT_DATABASE_URL), or was never made: `passavant migrate`.",
        "disk": "no room is left on the disk, or it cannot be written.",
    }.get(away or "", "")
