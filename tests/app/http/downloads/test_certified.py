"""SES-52: the certified copy of one consignment, and its verification by the instructions that it holds.

The commands run here are those of LISEZ-MOI.txt, read from the copy itself, in a process that has neither
this project nor its libraries. Each alteration below makes them fail; seen to pass, with the program's check of
proofs, or of signatures, taken out.
"""

import json
import re
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from httpx import AsyncClient
from pypdf import PdfReader

from app.documents import paper
from demo.writers.contents import write_ched, write_customs_response
from models.border.messages.actions import receive
from models.border.passage.vocabulary import StepKind, StepStatus
from models.journal.record import record
from models.journal.sealing import seals
from models.journal.sealing.keys import signer
from models.journal.sealing.seals import seal_pending
from models.kernel import clock
from tests import factories
from tests.app.http.alterations import ALTERATIONS, forge_manifest
from tests.app.http.portal import portal, signed_in
from tests.support.accounts import cheap_passwords
from tests.support.databases import both_databases, transaction

__all__ = ["cheap_passwords", "portal"]

REFERENCE = factories.reference()
ADDRESS = f"/fichiers/{REFERENCE}/copie-certifiee.zip"
OWN = ("importateur", "sivep", "douane", "superviseur")
OTHERS = ("comptable", "assistant", "concurrent", "sivep-cdg", "dgitm")
_COMMAND = re.compile(r"^ {4}((?:openssl|python3) .+)$", re.MULTILINE)


@pytest.fixture
async def told(portal: AsyncClient) -> None:  # noqa: ARG001 - its database
    """The consignment of A at Le Havre, what customs said of it, and somebody else's."""
    await receive(write_ched(factories.ched()), "partner:tests")
    await receive(write_ched(factories.ched(2, siren=factories.C)), "partner:tests")
    await receive(write_customs_response(factories.customs()), "partner:tests")
    event = factories.event(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY)
    await receive(factories.body_of(event), "partner:tests")


async def unpacked(portal: AsyncClient, folder: Path, who: str = "importateur") -> Path:
    """The copy that `who` gets, unpacked."""
    answer = await portal.get(ADDRESS, headers=await signed_in(who))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["cache-control"] == "private, no-store"
    return unzipped(answer.content, folder)


def unzipped(archive: bytes, folder: Path) -> Path:
    """The one folder that the archive holds."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        opened.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def instructions(copy: Path) -> list[str]:
    """The commands that the copy tells people to type."""
    return _COMMAND.findall((copy / "LISEZ-MOI.txt").read_text())


def follow(copy: Path, beginning: str = "") -> tuple[bool, str]:
    """Type them, or those with that beginning; whether all went well, and all that was said."""
    said = ""
    for command in instructions(copy):
        if not command.startswith(beginning):
            continue
        done = subprocess.run(
            command.split(),
            cwd=copy,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        said += done.stdout + done.stderr
        if done.returncode:
            return False, said
    return True, said


@pytest.mark.usefixtures("told")
@both_databases
async def test_ses_52_the_copy_proves_itself_by_its_own_instructions(
    portal: AsyncClient, tmp_path: Path
) -> None:
    """SES-52: three records, two messages that changed something and one of customs, by public tools alone."""
    copy = await unpacked(portal, tmp_path / "copy")
    assert len(instructions(copy)) == 4
    fine, said = follow(copy)
    assert fine, said
    assert said.count("Signature Verified Successfully") == 2
    assert "CONFORME\u00a0: 3 enregistrements sous 1 sceaux, 3 messages prouvés." in said
    assert signer().public == (copy / "cle-publique.pem").read_bytes()
    published = await portal.get("/journal/cle-publique.pem")
    assert (published.status_code, published.content) == (200, signer().public)


@pytest.mark.usefixtures("told")
async def test_ses_52_records_of_several_seals_are_proved(portal: AsyncClient, tmp_path: Path) -> None:
    """SES-52: the chain leads from the first record's seal to the newest, past others' entries."""
    await unpacked(portal, tmp_path / "first")
    async with transaction() as db:
        for _ in range(7):
            record(db, "help.asked")
    await unpacked(portal, tmp_path / "second")
    event = factories.event(StepKind.IDENTITY, StepStatus.STARTED, hours=2)
    await receive(factories.body_of(event), "partner:tests")
    copy = await unpacked(portal, tmp_path / "third")
    fine, said = follow(copy)
    assert fine, said
    assert "CONFORME\u00a0: 4 enregistrements sous 3 sceaux" in said


async def test_ses_52_what_was_not_sealed_at_once_is_said(
    portal: AsyncClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SES-52: late, or by a version that did not tell when; the rest holds, and the program has no objection."""
    with monkeypatch.context() as before:
        before.setattr(seals, "FORMAT", 1)
        await receive(write_ched(factories.ched()), "partner:tests")
        await seal_pending()
    with clock.fixed(clock.machine() - timedelta(hours=1)):
        await receive(write_customs_response(factories.customs()), "partner:tests")
    await seal_pending()
    event = factories.event(StepKind.DOCUMENTARY, StepStatus.SATISFACTORY)
    await receive(factories.body_of(event), "partner:tests")
    copy = await unpacked(portal, tmp_path / "copy")
    fine, said = follow(copy)
    assert fine, said
    _, customs, _ = sorted(path.name for path in (copy / "enregistrements").iterdir())
    assert f"RÉSERVE\u00a0: enregistrements/{customs} n’a pas été scellé dans les 120 secondes" in said
    assert "RÉSERVE\u00a0: 1 enregistrements sont sous des sceaux de l’ancien format" in said
    assert said.count("RÉSERVE") == 2
    assert "CONFORME\u00a0: 3 enregistrements sous 3 sceaux" in said


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("alteration", ALTERATIONS)
async def test_ses_52_an_altered_copy_fails(portal: AsyncClient, tmp_path: Path, alteration: str) -> None:
    """SES-52"""
    copy = await unpacked(portal, tmp_path / "copy")
    ALTERATIONS[alteration](copy)
    for beginning in ("", "python3"):  # the program alone finds it as well
        fine, said = follow(copy, beginning)
        assert not fine, said
        assert "CONFORME" not in said


@pytest.mark.usefixtures("told")
async def test_ses_52_the_program_checks_proofs_by_itself(portal: AsyncClient, tmp_path: Path) -> None:
    """SES-52: a record forged by somebody who has the key, but not the seals, still fails: it has no proof."""
    copy = await unpacked(portal, tmp_path / "copy")
    forge_manifest(copy)
    (copy / "manifeste.sig").write_bytes(signer().sign((copy / "manifeste.json").read_bytes()))
    fine, said = follow(copy)
    assert not fine
    assert "n’est pas sous son sceau" in said


@pytest.mark.usefixtures("told")
async def test_ses_52_the_document_reads_in_french(portal: AsyncClient, tmp_path: Path) -> None:
    """SES-52, SES-50: accents included; authorities rather than persons; no raw code."""
    copy = await unpacked(portal, tmp_path / "copy")
    reader = PdfReader(copy / "copie-certifiee.pdf")
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for words in (
        f"Copie certifiée de l’envoi {REFERENCE}",
        "Avocats du Pérou",
        "Contrôle d’identité",
        "SIVEP",
        "Notification préalable",
        "DSCE reçu",
        "Réponse de la douane",
        "(heure de Paris)",
    ):
        assert words in text
    assert not re.search(r"account:|consignment\.|satisfactory|�|\?", text)
    assert reader.metadata is not None
    assert reader.metadata.title == f"Copie certifiée de l’envoi {REFERENCE}"
    assert str(reader.root_object["/Lang"]) == "fr-FR"


def test_a_letter_that_the_font_lacks_is_still_read() -> None:
    assert paper._clean("Žitný ostrov, Ząbki, 中\u202f!") == "Zitný ostrov, Zabki, ? !"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("who", OTHERS)
async def test_ses_04_the_copy_of_others_does_not_exist(portal: AsyncClient, who: str) -> None:
    """SES-04, SES-05: 404, as for a consignment that never was."""
    headers = await signed_in(who)
    never = await portal.get("/fichiers/CHEDPP.FR.2026.9999999/copie-certifiee.zip", headers=headers)
    answer = await portal.get(ADDRESS, headers=headers)
    assert (answer.status_code, answer.content) == (404, never.content)


@pytest.mark.usefixtures("told")
async def test_ses_04_signed_out_is_401(portal: AsyncClient) -> None:
    """SES-04"""
    assert (await portal.get(ADDRESS)).status_code == 401


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("who", OWN)
async def test_ses_04_the_copy_holds_nothing_of_others(portal: AsyncClient, tmp_path: Path, who: str) -> None:
    """SES-04: of the entries beside them in the batch, unguessable digests only."""
    copy = await unpacked(portal, tmp_path / "copy", who)
    everything = b"".join(path.read_bytes() for path in copy.rglob("*.json*"))
    assert REFERENCE.encode() not in everything or factories.reference(2).encode() not in everything
    assert factories.C.encode() not in everything
    assert all("nonce" in json.loads(path.read_bytes()) for path in copy.glob("enregistrements/*"))
