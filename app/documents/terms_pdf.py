"""The terms of use as a PDF (COM-10)."""

from datetime import UTC, datetime, time

from app.documents.paper import Paper
from models.identity.accounts.terms import BlockKind, Version, text_of
from models.kernel.french import day

_TITLE = "Conditions d’utilisation de Passavant"


def write(version: Version) -> bytes:
    """That version, dated by its entry into force: the same bytes whenever it is asked for."""
    dated = f"version {version.number}, en vigueur depuis le {day(version.starts_on)}"
    page = Paper(_TITLE, f"{_TITLE}, {dated}", datetime.combine(version.starts_on, time(), UTC))
    page.add_page()
    page.title_of(_TITLE, 20)
    page.say(f"{dated.capitalize()}.")
    for block in text_of(version.number):
        if block.kind is BlockKind.HEADING:
            page.title_of(block.text)
        else:
            page.say(f"•  {block.text}" if block.kind is BlockKind.ITEM else block.text)
            page.ln(1.5)
    return bytes(page.output())
