"""What every issued document bears: where its code is, its number and check, how to verify it, and its seal in words."""

from itertools import groupby

from app.documents.paper import Paper
from models.casework.issued.kinds import Drawing, Words
from models.casework.issued.modules import QUIET, modules
from models.kernel import french

_SIDE = 46.0
"""Millimetres of the code: modules of half a millimetre, which any telephone reads from paper."""
_OVERLAP = 1.02
"""Of two rows: no screen shows a white line between them."""
_HOW = Words(
    "{host}/verifier\u00a0: en vigueur, retiré ou remplacé. Le code porte une signature\u00a0: il se vérifie aussi sans "
    "réseau. Ne vous fiez pas à une copie qui n’a pas été vérifiée.",
    "Valid, withdrawn or replaced. The code carries a signature and can be verified without a network. Do not trust a "
    "copy that has not been verified.",
    "Vigente, retirado o sustituido. El código lleva una firma y se verifica también sin red. No se fíe de una copia que "
    "no haya sido verificada.",
)
_VERIFY = Words("Vérifier ce document", "Verify this document", "Verificar este documento")
_SEAL = Words("Cachet électronique", "Electronic seal", "Sello electrónico")
_ISSUED = Words("Délivré le", "Issued on", "Expedido el")


def languages(drawing: Drawing) -> tuple[str, ...]:
    """French, then the language that the document is also in."""
    return ("fr",) if drawing.language == "fr" else ("fr", drawing.language)


def words(said: Words, drawing: Drawing, sign: str = " / ") -> str:
    """The words in the languages of the document."""
    return sign.join(said.in_language(language) for language in languages(drawing))


def head(page: Paper, drawing: Drawing, administration: str) -> None:
    """Who took the decision, its number and its date (COM-13)."""
    page.title_of(drawing.number)
    page.say(f"République française. {administration}. {drawing.authority}")
    page.say(f"{words(_ISSUED, drawing)} {french.day(drawing.issued_at)}")


def seal_words(page: Paper, drawing: Drawing) -> None:
    """That the file is sealed, and for whom: what proves it is in the file, not on the paper."""
    page.say(f"{words(_SEAL, drawing)}\u00a0: {drawing.authority}")


def code(page: Paper, drawing: Drawing, host: str) -> None:
    """The code at the left, and at its right the number, the check, and how to verify."""
    if page.will_page_break(_SIDE):
        page.add_page()
    left, top = page.l_margin, page.get_y() + 2
    _squares(page, drawing, left, top)
    margin, page.l_margin = page.l_margin, left + _SIDE + 4
    page.set_xy(page.l_margin, top)
    page.title_of(f"{drawing.number}   {drawing.check}", 14)
    page.say(words(_VERIFY, drawing))
    page.say(words(_HOW, drawing, " ").format(host=host))
    page.l_margin = margin
    page.set_y(max(page.get_y(), top + _SIDE))


def _squares(page: Paper, drawing: Drawing, left: float, top: float) -> None:
    """The dark modules of each row, those that touch each other as one: no white line between them."""
    rows = modules(drawing.code)
    side = _SIDE / (len(rows) + 2 * QUIET)
    page.set_fill_color(0, 0, 0)
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                at = (left + (x + QUIET) * side, top + (y + QUIET) * side)
                page.rect(*at, length * side, side * _OVERLAP, style="F")
            x += length
