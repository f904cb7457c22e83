"""Opens one file in a process of its own, and draws its pages: `python -I renderer.py KIND`.

The file comes by standard input, the pictures go by standard output. Nothing is trusted of what it reads: so the process
has little time and memory, may write no file, and knows nothing of the portal. It imports nothing of ours.

The answer: one line of JSON, `{"fault", "pages", "pictures": [[width, height, size], …]}`, then the bytes of each picture.
`fault` is empty, or one of models.casework.attachments.vocabulary.Reason.
"""

import json
import os
import resource
import sys
import warnings
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 700 * 1024 * 1024
SECONDS = 20
"""Of processor."""
PAGES = 10
"""The most that are drawn."""
WIDTH, HEIGHT = 1200, 1700
"""Of a picture, at most, in pixels."""
MOST_PIXELS = 60_000_000
"""Of an image; a telephone’s best makes 50 million."""
BYTES = 8_000_000
"""Of all pictures together."""
_WRONG_PASSWORD, _UNKNOWN_SECURITY = 4, 5
"""What PDFium says of a file that it cannot decipher."""


class Unfit(Exception):
    """The file is refused; the text is the reason."""


def confine() -> None:
    """Give this process little: it serves one file.

    Raises:
        OSError, ValueError: when it cannot be confined: then it must not open the file.
    """
    with suppress(OSError):  # where an installation forbids it, it is no less confined
        os.nice(10)
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for name, most in limits.items():
        resource.setrlimit(name, (most, most))
    resource.setrlimit(
        resource.RLIMIT_CPU, (SECONDS, SECONDS + 5)
    )  # the first ends it with a signal of its own


def draw(kind: str, content: bytes) -> tuple[int, list[tuple[int, int, bytes]]]:
    """How many pages the file has, and the pictures of the first.

    Raises:
        Unfit: when it is refused.
    """
    return _draw_pdf(content) if kind == "pdf" else _draw_image(kind, content)


def _draw_pdf(content: bytes) -> tuple[int, list[tuple[int, int, bytes]]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code in (_WRONG_PASSWORD, _UNKNOWN_SECURITY)
        raise Unfit("protected" if locked else "unreadable") from None
    pages = len(document)
    if pages < 1:
        raise Unfit("unreadable")
    pictures: list[tuple[int, int, bytes]] = []
    for index in range(min(pages, PAGES)):
        page = document[index]
        width, height = page.get_size()
        if not 0 < width < 1e6 or not 0 < height < 1e6:
            raise Unfit("unreadable")
        scale = min(WIDTH / width, HEIGHT / height)
        bitmap: Any = page.render(scale=scale, may_draw_forms=False)
        pictures.append(_packed(bitmap.to_pil()))
        page.close()
        if sum(len(picture) for _, _, picture in pictures) > BYTES:
            pictures.pop()
            break
    return pages, pictures


def _draw_image(kind: str, content: bytes) -> tuple[int, list[tuple[int, int, bytes]]]:
    from PIL import Image, ImageOps

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # measured below, in our own words
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=[kind.upper()])
        if image.width * image.height > MOST_PIXELS:
            raise Unfit("too_many_pixels")
        image.draft("RGB", (WIDTH, HEIGHT))
        image.load()
        image = ImageOps.exif_transpose(image)
    except OSError as error:
        raise Unfit("truncated" if "truncated" in str(error) else "unreadable") from None
    except (SyntaxError, ValueError):
        raise Unfit("unreadable") from None
    image.thumbnail((WIDTH, HEIGHT))
    return 1, [_packed(image)]


def _packed(image: "Image") -> tuple[int, int, bytes]:
    """A picture of ours: its pixels, and nothing of what came with them (place, camera, author)."""
    from PIL import Image as Images

    bare = Images.new("RGB", image.size, "white")
    rgba = image.convert("RGBA") if "A" in image.mode or "transparency" in image.info else None
    bare.paste(rgba or image.convert("RGB"), mask=rgba)
    packed = BytesIO()
    bare.save(packed, "WEBP", quality=75, method=2)
    return bare.width, bare.height, packed.getvalue()


def main() -> None:
    """Read, draw, answer. A status other than 0 says nothing of the file: the process is not fit to open any."""
    content = sys.stdin.buffer.read()
    try:
        import PIL.Image  # noqa: F401
        import pypdfium2  # noqa: F401 - both while there is memory

        confine()
    except (ImportError, OSError, ValueError):
        sys.exit(1)
    fault, pages = "", 0
    pictures: list[tuple[int, int, bytes]] = []
    try:
        pages, pictures = draw(sys.argv[1], content)
    except Unfit as error:
        fault = str(error)
    except MemoryError:
        fault = "too_demanding"
    except Exception:  # noqa: BLE001 - whatever a library makes of a stranger's file
        fault = "unreadable"
    head = {"fault": fault, "pages": pages, "pictures": [[w, h, len(picture)] for w, h, picture in pictures]}
    sys.stdout.buffer.write(
        json.dumps(head).encode() + b"\n" + b"".join(picture for _, _, picture in pictures)
    )
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
