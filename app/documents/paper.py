"""A printed page of the portal: A4, its fonts, a foot with page numbers, headings, paragraphs and tables."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout

from models.kernel.french import typeset

_FONTS = Path(__file__).parent / "certified" / "fonts"
_HEAD = FontFace(emphasis="BOLD", fill_color=(238, 241, 246))


class Paper(FPDF):
    """A document tagged as French, its text searchable; what stands at the foot of each page is `foot`."""

    def __init__(self, title: str, foot: str, made_at: datetime) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.set_lang("fr-FR")
        self.set_title(title)
        self.set_author("Passavant")
        self.set_creation_date(made_at)
        self.set_margin(18)
        self.set_auto_page_break(True, margin=20)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font("atkinson", style, _FONTS / f"atkinson-{name}.ttf")
        self.set_font("atkinson", size=10)

    def footer(self) -> None:
        """What the library asks for at the end of each page."""
        self.set_y(-14)
        self.set_font("atkinson", size=8)
        self.cell(0, 5, _clean(self._foot))
        self.cell(0, 5, f"{self.page_no()}/{{nb}}", align="R")

    def title_of(self, text: str, size: int = 13) -> None:
        """A heading, kept with what follows it."""
        if self.will_page_break(30):
            self.add_page()
        self.ln(4)
        self.set_font("atkinson", "B", size)
        self.multi_cell(0, size * 0.55, _clean(text), new_x="LMARGIN", new_y="NEXT")
        self.set_font("atkinson", size=10)
        self.ln(1)

    def say(self, text: str) -> None:
        """A paragraph."""
        self.multi_cell(0, 5, _clean(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def rows(self, head: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
        """A table whose head comes back on each page."""
        self.set_font("atkinson", size=8)
        layout = TableBordersLayout.HORIZONTAL_LINES
        with self.table(
            col_widths=tuple(widths),
            borders_layout=layout,
            headings_style=_HEAD,
            text_align="L",
            line_height=4.2,
        ) as table:
            for row in (head, *rows):
                table.row([_clean(cell) for cell in row])
        self.set_font("atkinson", size=10)


@cache
def _known() -> frozenset[int]:
    return frozenset(TTFont(_FONTS / "atkinson-regular.ttf").getBestCmap())


def _clean(text: str) -> str:
    """The text in letters that the font has: a name from elsewhere loses its marks rather than its letters."""
    return "".join(_letter(character) for character in typeset(text))


def _letter(character: str) -> str:
    if ord(character) in _known() or character == "\n":
        return character
    plain = unicodedata.normalize("NFKD", character)[:1]
    return plain if plain and ord(plain) in _known() else "?"
