"""The certified copy as a ZIP archive: what proves it lies beside it, down to the program that checks it."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from app.documents.certified import pdf
from app.documents.certified.content import Copy
from models.border.documents.proofs import Proof, Records
from models.journal.canonical import canonical, digest, moment, seal_bytes
from models.journal.sealing.keys import Signer
from models.kernel import french
from models.kernel.settings.portal import settings

KEY_PATH = "/journal/cle-publique.pem"
_HERE = Path(__file__).parent


def build(copy: Copy, signer: Signer) -> bytes:
    """The archive. Its manifest, signed, names every other file by its digest."""
    files = _files(copy, signer)
    manifest = canonical(
        {
            "reference": copy.reference,
            "made_at": moment(copy.made_at),
            "files": {name: digest(content) for name, content in files.items()},
        }
    )
    files |= {"manifeste.json": manifest, "manifeste.sig": signer.sign(manifest)}
    folder = f"copie-certifiee_{_plain(copy.reference)}"
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for name, content in sorted(files.items()):
            zipped.writestr(f"{folder}/{name}", content)
    return buffer.getvalue()


def _files(copy: Copy, signer: Signer) -> dict[str, bytes]:
    files = {_record_name(proof): proof.content for proof in copy.records.proofs}
    files |= {_message_name(document.name): body for document, body in copy.messages}
    files |= _seals(copy.records)
    return files | {
        "LISEZ-MOI.txt": _read_me(copy, signer).encode(),
        "copie-certifiee.pdf": pdf.write(copy, signer),
        "preuves.json": json.dumps(_proofs(copy), indent=1).encode(),
        "verifier.py": (_HERE / "verifier.py").read_bytes(),
        "cle-publique.pem": signer.public,
    }


def _seals(records: Records) -> dict[str, bytes]:
    lines = [seal_bytes(seal) for seal in records.seals]
    return {
        "sceaux/chaine.jsonl": b"\n".join(lines) + b"\n",
        "sceaux/dernier.json": lines[-1],
        "sceaux/dernier.sig": bytes.fromhex(records.seals[-1].signature),
    }


def _proofs(copy: Copy) -> dict[str, Any]:
    """Where each record stands, and which record vouches for each message."""
    vouching = {proof.entry.payload.get("message"): proof for proof in reversed(copy.records.proofs)}
    return {
        "records": [
            {"file": _record_name(proof), "batch": proof.batch, "path": proof.path}
            for proof in copy.records.proofs
        ],
        "messages": [
            {"file": _message_name(document.name), "record": _record_name(vouching[document.id])}
            for document, _ in copy.messages
            if document.id in vouching and vouching[document.id].entry.payload.get("digest")
        ],
    }


def _read_me(copy: Copy, signer: Signer) -> str:
    many = french.plural(copy.records.withheld, "enregistrement")
    return (
        (_HERE / "LISEZ-MOI.txt")
        .read_text()
        .format(
            reference=copy.reference,
            made_at=f"{french.day(copy.made_at)}, {french.hour(copy.made_at)}",
            key_url=settings().public_url + KEY_PATH,
            key_digest=digest(signer.public),
            withheld=f"{many} d’un temps où l’envoi ne relevait pas de vous\u00a0: non communiqué."
            if copy.records.withheld
            else "",
        )
    )


def _record_name(proof: Proof) -> str:
    return f"enregistrements/{proof.entry.seq:09}.json"


def _message_name(name: str) -> str:
    return f"messages/{_plain(name)}"


def _plain(name: str) -> str:
    """A name that stays in its folder, whatever a reference holds."""
    return re.sub(r"[^\w.-]", "_", name, flags=re.ASCII).lstrip(".")
