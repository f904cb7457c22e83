"""Vérifie la copie certifiée de ce dossier, avec Python (3.8 ou plus) et openssl (3 ou plus) seuls."""

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

LATE = 120  # secondes : le portail scelle ce qui s’écrit dans les secondes qui suivent
HERE = Path(__file__).resolve().parent


def check(holds: bool, what: str) -> None:
    """S’arrêter sur ce qui ne tient pas."""
    if not holds:
        sys.exit(f"ÉCHEC\u00a0: {what}")


def sha256(data: bytes) -> str:
    """L’empreinte SHA-256, en hexadécimal."""
    return hashlib.sha256(data).hexdigest()


def moment(text: str) -> datetime:
    """Le temps que dit un enregistrement ou un sceau."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


for name in ("manifeste", "sceaux/dernier"):
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "cle-publique.pem", "-rawin"]
    command += ["-in", f"{name}.json", "-sigfile", f"{name}.sig"]
    openssl = subprocess.run(command, cwd=HERE, capture_output=True, check=False)
    check(openssl.returncode == 0, f"la signature de {name}.json n’est pas celle de la clé publique")

files = json.loads((HERE / "manifeste.json").read_bytes())["files"]
present = {str(p.relative_to(HERE).as_posix()) for p in HERE.rglob("*") if p.is_file()}
for name in sorted(present | set(files)):
    if name not in ("manifeste.json", "manifeste.sig"):
        check(name in files and name in present, f"{name} est en trop, ou manque")
        check(sha256((HERE / name).read_bytes()) == files[name], f"{name} a été modifié")

lines = (HERE / "sceaux/chaine.jsonl").read_bytes().splitlines()
check(lines[-1] == (HERE / "sceaux/dernier.json").read_bytes(), "la chaîne ne finit pas au dernier sceau")
for before, after in zip(lines, lines[1:]):
    check(json.loads(after)["previous"] == sha256(before), "la chaîne des sceaux est rompue")
    older = json.loads(after).get("version", 1) < json.loads(before).get("version", 1)
    check(not older, "un sceau d’un ancien format en suit un plus récent")

seals = {seal["batch"]: seal for seal in map(json.loads, lines)}
earlier, late = [], []
proofs = json.loads((HERE / "preuves.json").read_bytes())
for proof in proofs["records"]:
    node = hashlib.sha256(b"\0" + (HERE / proof["file"]).read_bytes()).digest()
    for side, other in proof["path"]:
        pair = (bytes.fromhex(other), node) if side == "left" else (node, bytes.fromhex(other))
        node = hashlib.sha256(b"\1" + pair[0] + pair[1]).digest()
    seal = seals[proof["batch"]]
    check(node.hex() == seal["root"], f"{proof['file']} n’est pas sous son sceau")
    record = json.loads((HERE / proof["file"]).read_bytes())
    apart = moment(seal["sealed_at"]) - moment(record.get("written_at") or record["at"])
    if seal.get("version", 1) == 1:
        earlier.append(proof["file"])
    elif abs(apart.total_seconds()) > LATE:
        late.append(proof["file"])
for message in proofs["messages"]:
    record = json.loads((HERE / message["record"]).read_bytes())
    check(sha256((HERE / message["file"]).read_bytes()) == record["payload"]["digest"], message["file"])

for name in late:
    print(f"RÉSERVE\u00a0: {name} n’a pas été scellé dans les {LATE} secondes où il a été écrit.")
if earlier:
    print(f"RÉSERVE\u00a0: {len(earlier)} enregistrements sont sous des sceaux de l’ancien format\u00a0:")
    print("ils n’ont pas changé depuis, mais rien ne prouve qu’ils ont été scellés dès leur écriture.")
counts = len(proofs["records"]), len(lines), len(proofs["messages"])
print("CONFORME\u00a0: %d enregistrements sous %d sceaux, %d messages prouvés." % counts)
