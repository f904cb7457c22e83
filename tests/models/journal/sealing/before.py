"""Journals as earlier versions sealed them: each file was written by that version itself, key and all.

Three seals of four entries each, the last of some with a personal part, a minute apart from NOW on. sealed_before.json is of
format 1; sealed_format_2.json of format 2, whose entries name a consignment where today's name a subject.
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
"""The last one of the version that sealed in format 1."""
FORMAT_2 = "0013"
"""The last one of the version that sealed in format 2."""
SOON = NOW + timedelta(minutes=3)
_SAMPLES = {
    schema: json.loads(Path(__file__).with_name(name).read_text())
    for schema, name in ((SCHEMA, "sealed_before.json"), (FORMAT_2, "sealed_format_2.json"))
}
_JSON = ("payload", "personal", "leaves")


async def bring(database: str, schema: str = SCHEMA) -> None:
    """The database and the data folder as the version of that schema left them, brought to the present one."""
    sample = _SAMPLES[schema]
    await dispose()
    migrate_apart(database, schema)
    with engine(writes=True).begin() as connection:
        for table, rows in (("journal_entry", "entries"), ("journal_seal", "seals")):
            for row in sample[rows]:
                connection.execute(text(_insertion(table, row)), _values(row))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval('journal_entry_seq_seq', 12)"))
    await dispose()
    migrate_apart(database)
    _keep_key(sample["key"])
    anchor_path().write_text("".join(f"{line}\n" for line in sample["anchors"]))


def _insertion(table: str, row: dict[str, Any]) -> str:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 - names of ours


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """As that version's driver wrote them: JSON as text, a time with its offset."""
    said = {name: json.dumps(one) if name in _JSON and one is not None else one for name, one in row.items()}
    for name in ("at", "sealed_at", "written_at"):
        if said.get(name):
            said[name] = said[name].replace("T", " ").replace("Z", ".000000+00:00")
    return said


def _keep_key(drawn: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(drawn))
    folder = settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / PRIVATE).write_bytes(private)
    (folder / PUBLIC).write_bytes(public_pem(key.public_key()))
