"""The built files, compressed once; each client gets the best copy that it understands."""

import gzip
from pathlib import Path

import brotli
import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.staticfiles import StaticFiles

from app.frontend.compression import precompress
from app.http.server.delivery import Delivery
from app.http.server.encodings import understood

SCRIPT = "console.log('Passavant');\n" * 200


@pytest.fixture
def client(tmp_path: Path) -> AsyncClient:
    """A folder as the build leaves it, served as the portal serves it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "page-1a2b.js").write_text(SCRIPT)
    (tmp_path / "assets" / "small.css").write_text("a{}")
    (tmp_path / "index.html").write_text("<!doctype html>" + "<p>Suivi</p>" * 200)
    (tmp_path / "suivi.html").write_text("<!doctype html>" + "<p>Suivi</p>" * 200)
    assert precompress(tmp_path) == 3
    files = Starlette()
    files.mount("/", StaticFiles(directory=tmp_path, html=True))
    return AsyncClient(transport=ASGITransport(Delivery(files, tmp_path)), base_url="http://testserver")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
async def test_the_best_copy_that_is_understood(
    client: AsyncClient, accepted: str, encoding: str | None
) -> None:
    """The bytes are those of the file, its type and its caching too."""
    answer = await client.get("/assets/page-1a2b.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.text == SCRIPT
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert (encoding is None) or answer.headers["vary"] == "Accept-Encoding"


async def test_pages_too_and_small_files_as_they_are(client: AsyncClient) -> None:
    """The home and a page at its own address; a file of three letters is sent as it is."""
    for path in ("/", "/suivi"):
        answer = await client.get(path, headers={"Accept-Encoding": "br"})
        assert (answer.status_code, answer.headers.get("content-encoding")) == (200, "br")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"]
    assert "content-encoding" not in (await client.get("/assets/small.css")).headers


async def test_a_part_of_a_file_is_a_part_of_the_file(client: AsyncClient) -> None:
    """A range counts in bytes of the file, not of its copy."""
    answer = await client.get("/assets/page-1a2b.js", headers={"Accept-Encoding": "br", "Range": "bytes=0-6"})
    assert (answer.status_code, answer.text) == (206, "console")


def test_the_copies_are_small_and_whole(tmp_path: Path) -> None:
    """Both are read back."""
    (tmp_path / "a.js").write_text(SCRIPT)
    precompress(tmp_path)
    assert brotli.decompress((tmp_path / "a.js.br").read_bytes()).decode() == SCRIPT
    assert gzip.decompress((tmp_path / "a.js.gz").read_bytes()).decode() == SCRIPT


def test_what_a_client_understands() -> None:
    """RFC 9110 § 12.5.3"""
    assert understood("br;q=1.0, gzip;q=0.8, *;q=0.1") == {"br", "gzip", "*"}
    assert understood("br; q=0") == frozenset()
