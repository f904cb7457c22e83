"""The published keys verify what was sealed, before and after the key is replaced (CTX-14)."""

from pathlib import Path

from httpx import AsyncClient

from models.casework.issued import keys, statement
from models.casework.issued.keys import seal_key
from models.kernel import clock
from models.kernel.settings.portal import settings
from tests.app.http.portal import portal
from tests.support.codes import is_genuine, key_of

__all__ = ["portal"]


def _statement() -> bytes:
    told = statement.claims(
        number="FR-TST-2026-000001",
        kind="test",
        authority="DDPP",
        issued_at=clock.now(),
        contents_digest="ab" * 32,
    )
    return statement.sign(told, seal_key())


async def test_anybody_may_verify_with_what_is_published(portal: AsyncClient) -> None:
    """Also what an old key signed; no private part is published."""
    old = _statement()
    folder = Path(settings().data_dir)
    for name in (keys.PRIVATE, keys.CERTIFICATE):
        (folder / name).rename(folder / name.replace("document_key", "document_key-2025"))
    keys._seal_key.cache_clear()
    new = _statement()
    answer = await portal.get("/verifier/cles.json")
    published = answer.json()["keys"]
    assert [is_genuine(new, key_of(one)) for one in published] == [True, False]
    assert [is_genuine(old, key_of(one)) for one in published] == [False, True]
    assert published[0]["kid"] == seal_key().name.hex()
    assert not any("d" in one for one in published)
