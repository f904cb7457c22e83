"""What becomes of a file in quarantine: looked at in a process apart, then there for people or refused with a sentence.

Seen to fail: without `confine()`, when an abort counts for no more than any other end, and without turning a photograph.
"""

import json
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest
from PIL import Image

from models.casework.attachments import policy, previews, queries, renderer, storage, words
from models.casework.attachments.examination import examine_next
from models.casework.attachments.previews import NotLooked
from models.casework.attachments.vocabulary import Reason, State
from models.kernel.settings.portal import settings
from models.kernel.threads import files
from tests.support.accounts import cheap_passwords, make_account
from tests.support.attaching import DOSSIER, dossiers, image, pdf, person, rows, sent
from tests.support.databases import reading

__all__ = ["cheap_passwords", "dossiers"]
pytestmark = pytest.mark.usefixtures("database", "dossiers")


async def examined(content: bytes, name: str = "certificat.pdf") -> tuple[State, str]:
    """What became of the file, and why."""
    await make_account()
    await sent(content, name)
    while await examine_next():
        pass
    (row,) = await rows()
    objects = [one.key for one in storage.listed(row.reference[:2])]
    async with reading() as db:
        assert sorted(objects) == sorted(queries.known_keys(db, row.reference[:2]))
    assert bool(row.key) == (row.state != State.REFUSED)
    return State(row.state), row.reason


async def test_pages_are_drawn_and_the_file_is_there() -> None:
    """CTX-06: no scanner is set, so it says that it was not scanned."""
    assert await examined(pdf(pages=12)) == (State.UNSCANNED, "")
    async with reading() as db:
        (listed,) = queries.of_subject(db, person(), DOSSIER)
        (row,) = await rows()
        first = queries.page(db, row, 1)
    assert (listed.label, listed.obtainable) == ("Non analysé par l’antivirus", True)
    assert (row.pages, listed.shown_pages) == (12, renderer.PAGES)
    assert first is not None
    picture = Image.open(BytesIO(b"".join(await files.run(list, storage.stream(first.key)))))
    assert (picture.format, picture.size) == ("WEBP", (first.width, first.height))


async def test_unscanned_files_are_held_unless_the_installation_allows_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (await examined(pdf()))[0] == State.UNSCANNED
    (row,) = await rows()
    assert policy.obstacle(row) is None
    monkeypatch.setenv("PASSAVANT_UNSCANNED_FILES", "hold")
    settings.cache_clear()
    assert policy.obstacle(row) is policy.HELD


async def test_a_picture_says_nothing_of_where_it_was_taken() -> None:
    """CTX-06: position, camera and author go; the image is turned as it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Appareil", 6  # the camera; turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"  # where
    assert await examined(image(exif=exif), "photo.jpg") == (State.UNSCANNED, "")
    async with reading() as db:
        page = queries.page(db, (await rows())[0], 1)
    assert page is not None
    content = b"".join(await files.run(list, storage.stream(page.key)))
    assert (page.width, page.height) == (40, 60)
    assert not Image.open(BytesIO(content)).getexif()
    assert b"Appareil" not in content


def packed(megabytes: int) -> bytes:
    """So many megabytes of spaces, packed a thousandfold: one block again and again, without doing it all."""
    packer = zlib.compressobj(9)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + block[2:] * (megabytes - 1) + zlib.compress(b"")[2:]


def document(*objects: bytes) -> bytes:
    """A PDF of one page, made of these objects besides: the fourth and those after it."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
        *objects,
    ]
    told = b"".join(b"%d 0 obj%s endobj\n" % (number, body) for number, body in enumerate(bodies, 1))
    return b"%PDF-1.7\n" + told + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF\n"


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def of_words() -> bytes:
    """A page whose words are 3 GB."""
    return document(stream(b"/Filter/FlateDecode", packed(3000)))


def of_pixels() -> bytes:
    """A page with one image of 961 megapixels, in 3 MB."""
    entries = b"/Type/XObject/Subtype/Image/Width 31000/Height 31000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    pixels = stream(entries + b"/Filter/FlateDecode", packed(2883))
    return document(stream(b"", b"q 300 0 0 400 0 0 cm /I Do Q"), pixels)


MINIATURE = b"\xff\xd8\xff\xe1\x00\x08Exif\xff\xd9"
"""The beginning of a photograph that holds a smaller one, and so an end before its own."""


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (MINIATURE + image(size=(400, 300))[2:-2000], "photo.jpg", Reason.TRUNCATED),
        (pdf(password="secret"), "secret.pdf", Reason.PROTECTED),
        (b"%PDF-1.7\n" + b"x" * 200 + b"%%EOF", "rien.pdf", Reason.UNREADABLE),
        (b"\xff\xd8\xff\xe0" + bytes(500) + b"\xff\xd9", "rien.jpg", Reason.UNREADABLE),
    ],
    ids=["truncated", "protected", "empty PDF", "empty image"],
)
async def test_what_cannot_be_opened_is_refused_with_a_sentence(
    content: bytes, name: str, reason: Reason
) -> None:
    """CTX-06: and nothing of it is kept."""
    assert await examined(content, name) == (State.REFUSED, reason)
    assert words.sentence(reason, "pdf").endswith(("renvoyez-le.", "renvoyez-la."))


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (of_words(), (State.REFUSED, Reason.TOO_DEMANDING)),
        (of_pixels(), (State.UNSCANNED, "")),  # drawn line by line, never held whole
    ],
    ids=["words", "pixels"],
)
async def test_a_bomb_costs_its_own_process_alone(content: bytes, outcome: tuple[State, str]) -> None:
    """SES-53, CTX-06: gigabytes in less than 5 MB; the process that serves holds none of them."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    assert len(content) < 5_000_000
    assert await examined(content) == outcome
    assert (getrusage(RUSAGE_SELF).ru_maxrss - before) * 1024 < 100_000_000


PROGRAMS = {
    "unfit": ("sys.exit(1)", None),
    "ended by somebody": ("import os; os.kill(os.getpid(), 15)", None),
    "crash": ("import os; os.kill(os.getpid(), 11)", Reason.UNREADABLE),
    "abort": ("import os; os.abort()", Reason.TOO_DEMANDING),
    "flood": ("import sys\nwhile True: sys.stdout.write('x' * 100_000)", None),
    "lie": ('print(\'{"fault": "rm -rf"}\')', Reason.UNREADABLE),
}


@pytest.mark.parametrize("name", PROGRAMS)
async def test_whatever_the_process_becomes_is_survived(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SES-53: what a library that was taken over would do."""
    source, reason = PROGRAMS[name]
    program = tmp_path / "program.py"
    folder = str(Path(renderer.__file__).parent)
    program.write_text(f"import sys; sys.path.insert(0, {folder!r}); sys.stdin.buffer.read()\n{source}\n")
    monkeypatch.setattr(previews, "_PROGRAM", program)
    if reason is None:
        with pytest.raises(NotLooked):
            await previews.look("pdf", iter([b"x"]))
    else:
        assert (await previews.look("pdf", iter([b"x" * 100_000] * 10))).fault is reason


def test_the_process_is_confined_before_it_opens_the_file() -> None:
    """SES-53: little memory, little time, no file to write: told by the process itself."""
    names = ("AS", "CPU", "FSIZE", "CORE", "NOFILE")
    source = (
        f"import sys, resource; sys.path.insert(0, {str(Path(renderer.__file__).parent)!r}); import renderer\n"
        "renderer.draw = lambda kind, content: (_ for _ in ()).throw(renderer.Unfit(str(["
        f"resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0] for name in {names}])))\n"
        "sys.argv = ['', 'pdf']; renderer.main()"
    )
    told = subprocess.run([sys.executable, "-c", source], input=b"", capture_output=True, check=True).stdout
    assert json.loads(told)["fault"] == str([renderer.MEMORY, renderer.SECONDS, 0, 0, 64])


async def test_a_process_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SES-53: it says nothing of the file, which is looked at again, then goes on without pictures."""
    program = tmp_path / "program.py"
    program.write_text("import threading; threading.Event().wait()")
    monkeypatch.setattr(previews, "_PROGRAM", program)
    monkeypatch.setattr(previews, "WALL", 0.05)
    assert await examined(pdf()) == (State.QUARANTINED, "")
    assert (await rows())[0].looks == 1
