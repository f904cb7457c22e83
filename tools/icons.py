"""Draw the icons of the installed application, from the mark of components/kit/icons.py.

.venv/bin/python -m tools.icons
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "assets" / "icons"
_INK, _MAST, _FLAG = "#0A2F3B", "#FFFFFF", "#FFC629"
_WIDTH, _HEIGHT = 24.5, 26
_MAST_SHAPE = ((0, 0), (5.5, 0), (5.5, 26), (0, 26))
_FLAG_SHAPE = ((7.5, 0), (14.5, 0), (24.5, 9), (14.5, 18), (7.5, 18))
_FINER = 4
"""Drawn larger, then reduced: edges are smooth."""


def main() -> None:
    """Every size. A maskable one is full, with the mark in its middle circle; a badge is a white shape alone."""
    FOLDER.mkdir(exist_ok=True)
    for size in (192, 512):
        _draw(size, share=0.72, corner=0.19).save(FOLDER / f"passavant-{size}.png", optimize=True)
    _draw(512, share=0.5, corner=0).save(FOLDER / "passavant-maskable-512.png", optimize=True)
    _draw(96, share=0.9, badge=True).save(FOLDER / "passavant-badge.png", optimize=True)


def _draw(size: int, *, share: float, corner: float = 0, badge: bool = False) -> Image.Image:
    """`share` of the side for the mark's height, `corner` for the radius."""
    side = size * _FINER
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    if not badge:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=int(side * corner), fill=_INK)
    scale = side * share / _HEIGHT
    left, top = (side - _WIDTH * scale) / 2, (side - _HEIGHT * scale) / 2
    for shape, colour in ((_MAST_SHAPE, _MAST), (_FLAG_SHAPE, _MAST if badge else _FLAG)):
        pen.polygon([(left + x * scale, top + y * scale) for x, y in shape], fill=colour)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
