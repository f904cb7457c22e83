"""A journal as the version before sealed it: sealed_before.json was written by that version itself, key and all.

Three seals of four entries each, the last of each with a personal part, a minute apart from NOW on.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import text

from models.journal.sealing.anchors import anchor_path
from models.journal.sealing.keys import PRIVATE, PUBLIC, public_pem
from models.kernel.database import dispose, engine
from models.kernel.settings.portal import settings
from tests.factories import NOW
from tests.support.postgres import migrate_apart

SCHEMA = "0011"
"""The last one of that version."""
SOON = NOW + timedelta(minutes=3)
_SAMPLE = json.loads(Path(__file__).with_name("sealed_before.json").read_text())
_JSON = ("payload", "personal", "leaves")


async def bring(database: str) -> None:
    """The database and the data folder as the version before left them, brought to the present schema."""
    await dispose()
    migrate_apart(database, SCHEMA)
    with engine(writes=True).begin() as connection:
        for table, rows in (("journal_entry", "entries"), ("journal_seal", "seals")):
            for row in _SAMPLE[rows]:
                connection.execute(text(_insertion(table, row)), _values(row))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('journal_entry_seq_seq', 12)"))
    await dispose()
    migrate_apart(database)
    _keep_key()
    anchor_path().write_text("".join(f"{line}\n" for line in _SAMPLE["anchors"]))


def _insertion(table: str, row: dict[str, Any]) -> str:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 - names of ours


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """As that version's driver wrote them: JSON as text, a time with its offset."""
    said = {name: json.dumps(one) if name in _JSON and one is not None else one for name, one in row.items()}
    for name in ("at", "sealed_at"):
        if name in said:
            said[name] = said[name].replace("T", " ").replace("Z", ".000000+00:00")
    return said


def _keep_key() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_SAMPLE["key"]))
    folder = settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / PRIVATE).write_bytes(private)
    (folder / PUBLIC).write_bytes(public_pem(key.public_key()))
