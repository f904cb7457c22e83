"""The seal of a PDF and the statement in its code, judged by others than those who made them (CTX-14, COM-13).

Seen to fail: with the present certificate alone published, with an authority whose failure ends the issue.
"""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from structlog.testing import capture_logs

from app.documents.issued.time_stamps import way
from models.casework.issued import keys, queries
from models.casework.issued.actions import issue
from models.casework.issued.keys import SealKey, certificates, seal_key
from models.casework.issued.tables import IssuedDocument
from models.kernel.database import read
from models.kernel.settings.portal import settings
from tests.support import issuing, timestamping
from tests.support.codes import code_of, is_genuine, parts_of, statement_in
from tests.support.signatures import is_sealed

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _known_kind() -> None:
    issuing.register()


async def _issued(key: str = "CTX-7K4Q2", version: int = 1) -> tuple[IssuedDocument, bytes]:
    document = await issue(issuing.order(key, version), way())
    assert isinstance(document, IssuedDocument)
    content = await read(queries.content, document.number)
    assert content is not None
    return document, content


def _pem(key: SealKey) -> bytes:
    return key.certificate.public_bytes(Encoding.PEM)


def _public(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey:
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return public


def _changed(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


async def test_the_seal_is_good_and_no_byte_may_change(tmp_path: Path) -> None:
    """COM-13: openssl validates it; one byte changed anywhere, and it is refused."""
    _, content = await _issued()
    certificate = _pem(seal_key())
    assert is_sealed(content, certificate, tmp_path)
    inside = (20, len(content) // 4, content.index(b"/ByteRange") - 9, len(content) - 40)
    signature = content.index(b"/Contents <") + 11
    for at in (*inside, signature + 500, signature + 30_000):
        assert not is_sealed(_changed(content, at), certificate, tmp_path), at
    assert not is_sealed(content + b"\n", certificate, tmp_path)


async def test_the_certificate_is_one_for_seals() -> None:
    """Validators refuse a seal whose certificate does not commit to content."""
    certificate = seal_key().certificate
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert (settings().data_dir / keys.PRIVATE).stat().st_mode & 0o777 == 0o600


async def test_the_code_is_read_from_paper_and_verified() -> None:
    """CTX-14: by another reader, at the resolution of a scan of 108 points an inch; by `cryptography` alone."""
    document, content = await _issued()
    text = code_of(content, scale=1.5)
    address = f"{settings().public_url}/verifier/{document.number}?code={document.check_code}"
    assert text.partition("#")[0] == address
    statement, public = statement_in(text), _public(seal_key().certificate)
    assert is_genuine(statement, public)
    for at in range(len(statement)):
        assert not is_genuine(_changed(statement, at), public), at
    _, payload, _ = parts_of(statement)
    for told in (document.number, "NG", "Biscuiterie Tréanna", issuing.AUTHORITY):
        assert told.encode() in payload
    assert bytes.fromhex(document.contents_digest) in payload
    assert issuing.SECRET.encode() not in payload


async def test_what_an_old_key_sealed_still_verifies(tmp_path: Path) -> None:
    """CTX-14: the key is replaced by renaming its files; documents of before and after verify, each under its own."""
    before, old = await _issued("before")
    first = seal_key()
    folder = settings().data_dir
    for name in (keys.PRIVATE, keys.CERTIFICATE):
        (folder / name).rename(folder / name.replace("document_key", "document_key-2026"))
    keys._seal_key.cache_clear()
    after, new = await _issued("after")
    assert (before.key, after.key) == (first.name.hex(), seal_key().name.hex())
    assert before.key != after.key
    known = {keys.key_name(one).hex(): one for one in certificates()}
    assert set(known) == {before.key, after.key}
    for document, content in ((before, old), (after, new)):
        trusted = known[document.key]
        assert is_sealed(content, trusted.public_bytes(Encoding.PEM), tmp_path)
        assert is_genuine(statement_in(code_of(content)), _public(trusted))
    assert not is_sealed(old, _pem(seal_key()), tmp_path)


async def test_a_key_without_its_certificate_is_refused() -> None:
    """Renaming one of the two files alone must not seal with a certificate of another key."""
    seal_key()
    folder = settings().data_dir
    (folder / keys.PRIVATE).rename(folder / "document_key-2026.pem")
    keys._seal_key.cache_clear()
    with pytest.raises(ValueError, match="rename both"):
        seal_key()


async def test_an_authority_puts_its_time_on_the_seal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAdES B-T: the stamp is in the signature, which stays good."""
    with timestamping.authority(tmp_path / "tsa") as tsa:
        monkeypatch.setenv("PASSAVANT_TIMESTAMP_URL", tsa.url)
        settings.cache_clear()
        document, content = await _issued()
    assert (tsa.asked, document.timestamped) == (1, True)
    assert is_sealed(content, _pem(seal_key()), tmp_path)
    stamp_oid = bytes.fromhex("060b2a864886f70d010910020e")  # id-aa-timeStampToken
    assert stamp_oid.hex() in content[content.index(b"/Contents <") :].decode("latin-1").lower()


@pytest.mark.parametrize("answers", [b"nonsense", None])
async def test_an_authority_that_fails_keeps_no_document_back(
    answers: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Best effort, logged: nonsense, or nobody there."""
    with timestamping.authority(tmp_path / "tsa") as tsa:
        tsa.answers = answers
        monkeypatch.setenv("PASSAVANT_TIMESTAMP_URL", tsa.url if answers else "http://127.0.0.1:1/tsa")
        settings.cache_clear()
        with capture_logs() as logs:
            document, content = await _issued()
    assert not document.timestamped
    assert [one["event"] for one in logs] == ["document.not_timestamped"]
    assert is_sealed(content, _pem(seal_key()), tmp_path)


async def test_sealing_does_not_hold_up_the_loop() -> None:
    """It goes on in a thread of its own, outside of any transaction."""
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    document, _ = await _issued()
    turning.cancel()
    assert turns > 10
    assert document.sealed_at is not None
    assert document.sealed_at - document.issued_at < timedelta(minutes=5)
