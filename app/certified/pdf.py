"""The part of the certified copy that people read: one PDF, in French, dated (SES-52, SES-50)."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout

from app.certified.content import Copy
from models import french
from models.consignments.words import STATES
from models.french import typeset
from models.journal.canonical import digest
from models.journal.keys import Signer
from models.journal.words import KINDS, OTHER
from state.file_view import keys, summary
from state.timeline import timeline

_FONTS = Path(__file__).parent / "fonts"
_HEAD = FontFace(emphasis="BOLD", fill_color=(238, 241, 246))


def write(copy: Copy, signer: Signer) -> bytes:
    """The document; A4, tagged as French, its text searchable."""
    page = _Document(copy)
    page.add_page()
    _opening(page, copy)
    _history(page, copy)
    _messages(page, copy)
    _records(page, copy)
    _proof(page, copy, signer)
    return bytes(page.output())


class _Document(FPDF):
    def __init__(self, copy: Copy) -> None:
        super().__init__(format="A4")
        self._foot = f"Copie certifiée de l’envoi {copy.reference}, établie le {_when(copy)}"
        self.set_lang("fr-FR")
        self.set_title(f"Copie certifiée de l’envoi {copy.reference}")
        self.set_author("Passavant")
        self.set_creation_date(copy.made_at)
        self.set_margin(18)
        self.set_auto_page_break(True, margin=20)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font("atkinson", style, _FONTS / f"atkinson-{name}.ttf")
        self.set_font("atkinson", size=10)

    def footer(self) -> None:
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


def _opening(page: _Document, copy: Copy) -> None:
    it = copy.detail.consignment
    page.title_of("Copie certifiée", 20)
    page.title_of(f"{it.title} · {it.reference}")
    page.say(", ".join(summary(copy.detail)))
    page.say(f"État au {_when(copy)} : {STATES[it.state].lower()}.")
    page.ln(2)
    page.rows(("Référence", "Valeur"), (1, 3), ((key.label, key.value) for key in keys(copy.detail)))


def _history(page: _Document, copy: Copy) -> None:
    page.title_of("Historique des contrôles et de la douane")
    page.rows(
        ("Étape", "Autorité", "Date", "Résultat", "Ce qui s’est passé"),
        (22, 14, 22, 16, 40),
        (
            (one.label, one.authority, one.time or "Non connue", one.result_label, one.fact)
            for one in timeline(copy.detail, copy.made_at)
        ),
    )


def _messages(page: _Document, copy: Copy) -> None:
    page.title_of("Messages reçus")
    if not copy.messages:
        page.say("Aucun message ne peut vous être communiqué pour cet envoi.")
        return
    page.rows(
        ("Message", "Reçu le", "Empreinte SHA-256"),
        (24, 20, 70),
        ((one.title, _moment(one.received_at), digest(body)) for one, body in copy.messages),
    )


def _records(page: _Document, copy: Copy) -> None:
    page.title_of("Enregistrements du journal")
    page.say(
        "Le portail note chaque fait une fois, dans l’ordre, et ne le modifie jamais. L’empreinte ci-dessous "
        "est celle de la feuille de l’arbre de Merkle (RFC 6962) scellée."
    )
    page.ln(2)
    page.rows(
        ("N°", "Noté le", "Fait", "Sceau", "Empreinte"),
        (10, 22, 28, 9, 66),
        (
            (
                str(one.entry.seq),
                _moment(one.entry.at),
                KINDS.get(one.entry.kind, OTHER),
                str(one.batch),
                one.digest,
            )
            for one in copy.records.proofs
        ),
    )
    if copy.records.withheld:
        page.say("D’autres enregistrements datent d’un temps où l’envoi ne relevait pas de vous.")


def _proof(page: _Document, copy: Copy, signer: Signer) -> None:
    newest = copy.records.seals[-1]
    page.title_of("Ce qui le prouve")
    first, last = copy.records.seals[0].batch, newest.batch
    under = f"le sceau n° {last}" if first == last else f"les sceaux chaînés n° {first} à n° {last}"
    page.say(
        f"Ces enregistrements sont sous {under}, du {_moment(newest.sealed_at)}. "
        "Le fichier LISEZ-MOI.txt de l’archive dit comment le vérifier soi-même, avec des outils publics. "
        "C’est l’archive qui fait foi : ce document seul, imprimé, ne prouve rien."
    )
    page.ln(2)
    page.rows(
        ("Clé publique", "Empreinte SHA-256 de cle-publique.pem"),
        (1, 3),
        [(signer.name, digest(signer.public))],
    )


def _when(copy: Copy) -> str:
    return f"{_moment(copy.made_at)} (heure de Paris)"


def _moment(at: datetime) -> str:
    return f"{french.day(at)}, {french.hour(at)}"


@cache
def _known() -> frozenset[int]:
    return frozenset(TTFont(_FONTS / "atkinson-regular.ttf").getBestCmap())


def _clean(text: str) -> str:
    """The text in letters that the font has: a name from elsewhere loses its marks rather than its letters."""
    return "".join(_letter(one) for one in typeset(text))


def _letter(one: str) -> str:
    if ord(one) in _known() or one == "\n":
        return one
    plain = unicodedata.normalize("NFKD", one)[:1]
    return plain if plain and ord(plain) in _known() else "?"
