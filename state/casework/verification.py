"""/verifier: whether a document that we issued is valid, for whoever holds it, in three languages (CTX-14)."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from babel import Locale

from models.casework.issued import kinds, queries, rules, words
from models.casework.issued.forms import VerifyForm
from models.casework.issued.kinds import Words
from models.casework.issued.queries import Registered
from models.casework.issued.tables import IssuedDocument
from models.casework.issued.vocabulary import State
from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from state.kit.form import FormScreen
from state.kit.guard import Typed, allow, anyone
from state.kit.screen import PublicScreen

_PAGE = "/verifier"
_LONGEST = 64


@dataclass
class Pair:
    """A label and a value, in one language."""

    label: str = ""
    value: str = ""


@dataclass
class Verdict:
    """All that is said, in one language."""

    language: str = ""
    state: str = ""
    sentence: str = ""
    hint: str = ""
    pairs: list[Pair] = field(default_factory=list)


class Verification(FormScreen, PublicScreen, rx.State):
    """The form, or what became of the document of the address."""

    number: str = ""
    """As the address names it; empty on the page of the form."""
    state: str = ""
    """The code of its state, for its colour; `unknown` when it was never issued."""
    verdicts: list[Verdict] = []  # noqa: RUF012 - Reflex copies defaults for each state
    replaced_by: str = ""
    at: str = ""
    """When it was looked up."""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Show the form, or the document that the address names."""
        await self._open(viewer)

    @rx.event
    @allow(anyone)
    async def search(self, _viewer: Viewer | None, form: Typed) -> Any:
        """Lead to the page of the document, or say what to correct."""
        typed = self._read(VerifyForm, form)
        if typed is None:
            return None
        check = typed.check or typed.number.check
        query = f"?{urlencode({'code': check})}" if check else ""
        return rx.redirect(f"{_PAGE}/{typed.number.number}{query}")

    def _begin(self) -> None:
        self._prefill()

    async def _fill(self, _viewer: Viewer | None) -> None:
        url = self.router.url
        path = url.path.rstrip("/")
        asked = "" if path == _PAGE else path.rsplit("/", 1)[-1][:_LONGEST]
        check = rules.read_check(str(url.query_parameters.get("code", ""))[:_LONGEST])
        self.number = asked.upper() if rules.is_number(asked.upper()) else french.typeset(asked)[:_LONGEST]
        self.state, self.replaced_by, self.verdicts = "", "", []
        if asked:
            await self._look_up(asked.upper(), check)

    async def _look_up(self, number: str, check: str) -> None:
        known = await read(queries.registered, number, check) if rules.is_number(number) else None
        now = clock.now()
        self.at = f"{french.day(now)}, {french.hour(now)} (heure de Paris)"
        self.state = known.state.value if known else "unknown"
        self.replaced_by = known.replaced_by if known else ""
        self.verdicts = [_verdict(known, language) for language in words.LANGUAGES]


def _verdict(known: Registered | None, language: str) -> Verdict:
    def said(sentence: Words) -> str:
        return sentence.in_language(language)

    if known is None:
        return Verdict(language, said(words.UNKNOWN), said(words.NOT_ISSUED))
    day = words.day(known.changed_at, language) if known.changed_at else ""
    sentence = said(words.SENTENCES[known.state]).format(day=day)
    if known.document is None:
        return Verdict(language, said(words.STATES[known.state]), sentence, said(words.NO_CHECK))
    hint = said(words.COMPARE) if known.state is State.VALID else ""
    pairs = _pairs(known.document, language)
    return Verdict(language, said(words.STATES[known.state]), sentence, hint, pairs)


def _pairs(document: IssuedDocument, language: str) -> list[Pair]:
    """What the kind of document lets the public see, and no more; of a kind that is gone, what all documents have."""
    kind = kinds.known(document.kind)
    signs = f"{document.authority} ({kind.administration})" if kind else document.authority
    shown = [
        (words.DOCUMENT, kind.title.in_language(language) if kind else ""),
        (words.AUTHORITY, signs),
        (words.ISSUED, words.day(document.issued_at, language)),
        (words.HOLDER, document.holder if kind and kind.names_holder else ""),
        (words.DESTINATION, _country(document.destination, language)),
        *((label, _said(document, name)) for name, label in (kind.shown if kind else {}).items()),
        (words.DIGEST, document.pdf_digest),
    ]
    return [Pair(label.in_language(language), value) for label, value in shown if value]


def _said(document: IssuedDocument, name: str) -> str:
    return str(document.contents.get(name, ""))


def _country(code: str, language: str) -> str:
    return str(Locale(language).territories.get(code, code))
