"""The words and references whose beginnings people type; those of what is known already are written here."""

import re
import unicodedata
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TERM = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_BATCH = 500
_LONGEST, _MOST = 40, 200
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_APART = re.compile(r"[^a-z0-9]+")
_SAYING_NOTHING = frozenset(
    {
        *("and", "au", "aux", "autre", "autres", "avec", "de", "des", "du", "en", "et"),
        *("la", "le", "les", "of", "or", "other", "ou", "the", "un", "une"),
    }
)
_WORDS = (
    "SELECT id, title FROM consignment WHERE id > :after AND id <= :last",
    "SELECT consignment_id, name FROM transport_means WHERE consignment_id > :after AND consignment_id <= :last",
    (
        "SELECT consignment_id, description || ' ' || scientific_name || ' ' || cn_label FROM goods_line "
        "WHERE consignment_id > :after AND consignment_id <= :last ORDER BY consignment_id, sequence"
    ),
)
_KEYS = "SELECT consignment_id, value FROM consignment_key WHERE consignment_id > :after AND consignment_id <= :last"
_OWNERS = "SELECT id, siren, post_code FROM consignment WHERE id > :after AND id <= :last"


def upgrade() -> None:
    op.create_table(
        "consignment_term",
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("term", _TERM, nullable=False),
        sa.Column("siren", sa.String(), nullable=True),
        sa.Column("post_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["consignment_id"], ["consignment.id"]),
        sa.PrimaryKeyConstraint("consignment_id", "term"),
    )
    _write_known()
    for name, columns in (("company", ["siren"]), ("post", ["post_code"]), ("all", [])):
        op.create_index(
            f"ix_consignment_term_{name}", "consignment_term", [*columns, "term", "consignment_id"]
        )
    _follow_consignments()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER consignment_term_follows")
    else:
        op.execute("DROP TRIGGER consignment_term_follows ON consignment")
        op.execute("DROP FUNCTION consignment_term_follow()")
    op.drop_table("consignment_term")


def _write_known() -> None:
    db = op.get_bind()
    last = db.execute(sa.text("SELECT max(id) FROM consignment")).scalar() or 0
    for after in range(0, last, _BATCH):
        within = {"after": after, "last": after + _BATCH}
        terms: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for query in _WORDS:
            for number, text in db.execute(sa.text(query), within):
                if len(terms[number]) < _MOST:
                    terms[number] |= dict.fromkeys(_words(text))
        for number, value in db.execute(sa.text(_KEYS), within):
            terms[number][value[:_LONGEST]] = None
        rows = [
            {"number": number, "term": term, "siren": siren, "post": post}
            for number, siren, post in db.execute(sa.text(_OWNERS), within)
            for term in terms[number]
        ]
        if rows:
            into = "INSERT INTO consignment_term (consignment_id, term, siren, post_code)"
            db.execute(sa.text(f"{into} VALUES (:number, :term, :siren, :post)"), rows)


def _words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    found = [word.upper()[:_LONGEST] for word in _APART.split(plain) if len(word) > 1]
    return [word for word in found if word.lower() not in _SAYING_NOTHING]


def _follow_consignments() -> None:
    """A consignment that goes to another company or post takes its terms along."""
    update = "UPDATE consignment_term SET siren = NEW.siren, post_code = NEW.post_code WHERE consignment_id = NEW.id;"
    on = "AFTER UPDATE OF siren, post_code ON consignment"
    if op.get_bind().dialect.name == "sqlite":
        when = "WHEN OLD.siren IS NOT NEW.siren OR OLD.post_code IS NOT NEW.post_code"
        op.execute(f"CREATE TRIGGER consignment_term_follows {on} {when} BEGIN {update} END")
        return
    op.execute(
        "CREATE FUNCTION consignment_term_follow() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {update} RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER consignment_term_follows {on} FOR EACH ROW "
        "WHEN (OLD.siren IS DISTINCT FROM NEW.siren OR OLD.post_code IS DISTINCT FROM NEW.post_code) "
        "EXECUTE FUNCTION consignment_term_follow()"
    )
