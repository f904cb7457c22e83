"""The tally follows the consignments by itself, whoever writes them: on both engines, by triggers."""

# ruff: noqa: S608 - the names in these statements are ours

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COUNTED = ("siren", "post_code", "ched_type", "state", "actor", "closed_at")
_SCOPES = (
    ("company", "{row}.siren", "''"),
    ("company_post", "{row}.siren", "{row}.post_code"),
    ("post", "{row}.post_code", "{row}.post_code"),
    ("all", "''", "''"),
)
"""Of each row that counts a consignment: its kind, whose it is, and the post where it is told apart."""
_SQLITE_DAY = "substr({row}.closed_at, 1, 10)"
_POSTGRESQL_DAY = "to_char({row}.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _follow_sqlite()
    else:
        _follow_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER consignment_counts_{verb}")
    else:
        op.execute("DROP TRIGGER consignment_counts ON consignment")
        op.execute("DROP FUNCTION consignment_count()")


def _add(day: str) -> str:
    """One more in each row of the tally that counts NEW: of its company, its post and all, open or by day."""
    day = day.format(row="NEW")
    scopes = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {value} AS value, {post} AS post" for kind, value, post in _scopes("NEW")
    )
    return (
        "INSERT INTO consignment_tally (kind, value, bucket, state, actor, post_code, ched_type, number) "
        "SELECT scope.kind, scope.value, during.bucket, NEW.state, NEW.actor, scope.post, NEW.ched_type, 1 "
        f"FROM ({scopes}) AS scope, "
        "(SELECT CASE WHEN NEW.closed_at IS NULL THEN 'open' ELSE '' END AS bucket "
        f"UNION ALL SELECT {day}) AS during "
        "WHERE scope.value IS NOT NULL AND during.bucket IS NOT NULL "
        "ON CONFLICT (kind, value, bucket, state, actor, post_code, ched_type) "
        "DO UPDATE SET number = consignment_tally.number + 1; "
    )


def _remove(day: str) -> str:
    """One less in each row that counted OLD."""
    day = day.format(row="OLD")
    return "".join(
        f"UPDATE consignment_tally SET number = number - 1 WHERE kind = '{kind}' AND value = {value} "
        f"AND bucket IN (CASE WHEN OLD.closed_at IS NULL THEN 'open' ELSE '' END, {day}) "
        "AND state = OLD.state AND actor = OLD.actor "
        f"AND post_code = {post} AND ched_type = OLD.ched_type; "
        for kind, value, post in _scopes("OLD")
    )


def _scopes(row: str) -> list[tuple[str, str, str]]:
    return [(kind, value.format(row=row), post.format(row=row)) for kind, value, post in _SCOPES]


def _follow_sqlite() -> None:
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _COUNTED)
    add, remove = _add(_SQLITE_DAY), _remove(_SQLITE_DAY)
    trigger = "CREATE TRIGGER consignment_counts_{verb} AFTER {what} ON consignment {when} BEGIN {body} END"
    for verb, what, when, body in (
        ("insert", "INSERT", "", add),
        ("update", f"UPDATE OF {', '.join(_COUNTED)}", f"WHEN {changed}", remove + add),
        ("delete", "DELETE", "", remove),
    ):
        op.execute(trigger.format(verb=verb, what=what, when=when, body=body))


def _follow_postgresql() -> None:
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _COUNTED)
    add, remove = _add(_POSTGRESQL_DAY), _remove(_POSTGRESQL_DAY)
    op.execute(
        "CREATE FUNCTION consignment_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF NOT ({changed}) THEN RETURN NULL; END IF; END IF; "
        f"IF TG_OP <> 'INSERT' THEN {remove} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {add} END IF; "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER consignment_counts AFTER INSERT OR UPDATE OR DELETE ON consignment "
        "FOR EACH ROW EXECUTE FUNCTION consignment_count()"
    )
