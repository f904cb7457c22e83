"""The registry of kinds of issued documents: what each is called, what it shows to the public, who draws it.

A service registers its kind as it is imported, and its drawing in `app/documents/`; nothing here knows a service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The same in the three languages in which a document is verified (CTX-14)."""

    fr: str
    en: str
    es: str

    def in_language(self, language: str) -> str:
        """The words in `fr`, `en` or `es`."""
        words = {"fr": self.fr, "en": self.en, "es": self.es}
        return words[language]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document."""

    name: str
    """In English: `export_attestation`. It is kept in rows, and never changes."""
    prefix: str
    """Two to five capitals, which begin its numbers after `FR-`: `CTX`."""
    title: Words
    administration: str
    """In whose name its offices sign, in French: `DGCCRF`."""
    shown: Mapping[str, Words] = field(default_factory=dict)
    """What its public page shows of the contents, to whoever has the check: name in the contents → label.

    Nothing of a person belongs here (CTX-14): the rest of the contents is never shown.
    """
    names_holder: bool = False
    """Whether the code on the paper, which anybody reads, names the company that it was issued to."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is printed on a document beside its contents."""

    number: str
    check: str
    """As it is printed: `2KXD 7Q4M`."""
    code: tuple[str, str]
    """The QR code's text, in two parts."""
    authority: str
    language: str
    issued_at: datetime
    contents: Mapping[str, Any]


Draw = Callable[[Drawing], bytes]
"""Draws the PDF that is then sealed."""

_kinds: dict[str, DocumentKind] = {}
_drawings: dict[str, Draw] = {}


def register(kind: DocumentKind) -> None:
    """Have documents of that kind issued."""
    _kinds[kind.name] = kind


def drawn_by(name: str, draw: Draw) -> None:
    """Have `draw` draw the documents of that kind."""
    _drawings[name] = draw


def kind_of(name: str) -> DocumentKind:
    """The kind of that name.

    Raises:
        LookupError: when no service registered it.
    """
    if name not in _kinds:
        raise LookupError(f"{name}: no service registered this kind of document")
    return _kinds[name]


def known(name: str) -> DocumentKind | None:
    """The kind of that name; None when no service registers it any more: its documents still verify."""
    return _kinds.get(name)


def drawing_of(name: str) -> Draw:
    """What draws the documents of that kind.

    Raises:
        LookupError: when nothing does in this process.
    """
    if name not in _drawings:
        raise LookupError(f"{name}: nothing draws this kind of document")
    return _drawings[name]
