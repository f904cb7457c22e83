"""/aide: questions and answers, the assistant that knows them, and the form to ask somebody (PPR-52)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from models.signals.assistance import actions, queries
from models.signals.assistance.faq import Entry
from models.signals.assistance.rules import EXPECTED, SERVICE, HelpForm, check, hours_now
from models.signals.assistance.search import answer, search
from state.kit import watches
from state.kit.doors import leads
from state.kit.ending import Ends
from state.kit.fields import kept
from state.kit.guard import Line, Text, Word, allow, anyone
from state.kit.screen import PublicScreen

_FOUND = 6
_TURNS = 40


@dataclass
class Answer:
    """A question of the list, with its answer."""

    theme: str = ""
    question: str = ""
    answer: str = ""
    href: str = ""
    link: str = ""


@dataclass
class Turn:
    """One thing said in the conversation with the assistant."""

    mine: bool = False
    text: str = ""
    href: str = ""
    link: str = ""


@dataclass
class Form:
    """The request as it is being written, and what to correct."""

    name: str = ""
    email: str = ""
    siren: str = ""
    company: str = ""
    subject: str = ""
    text: str = ""
    name_error: str = ""
    email_error: str = ""
    siren_error: str = ""
    subject_error: str = ""
    text_error: str = ""
    version: str = ""
    """Changes when the fields must be filled anew."""


@dataclass
class Receipt:
    """The acknowledgement of a request (COM-12)."""

    reference: str = ""
    at: str = ""
    service: str = SERVICE
    expected: str = EXPECTED
    email: str = ""


_GREETING = Turn(
    text=french.typeset("Posez votre question en une phrase : je réponds à partir des questions fréquentes.")
)
_UNKNOWN = french.typeset(
    "Je ne sais pas répondre à cette question. Le formulaire, plus bas, l'envoie à une personne ; "
    "votre phrase y est déjà reportée."
)


class Assistance(PublicScreen, rx.State):
    """What the page of help shows; nothing of the conversation is kept elsewhere."""

    query: str = ""
    counted: str = ""
    """How many answers were found for `query`; empty while nothing is looked for."""
    found: list[Answer] = []  # noqa: RUF012 - Reflex copies defaults for each state
    turns: list[Turn] = [_GREETING]  # noqa: RUF012
    form: Form = Form()
    receipt: Receipt = Receipt()
    error: str = ""
    hotline: str = ""

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Open the page; the form is filled in with what is known of the person (COM-14)."""
        await self._open(viewer)
        if viewer is not None:  # what the form knows of them goes when their session ends
            watches.stay(self, viewer)

    async def _fill(self, viewer: Viewer | None) -> None:
        self.hotline = hours_now(clock.now())
        self.query, self.counted, self.found = "", "", []
        self.receipt, self.error = Receipt(), ""
        self.form = _blank(await read(queries.prefilled, viewer))

    @rx.event
    @allow(anyone, ends=Ends.HERE)
    async def search(self, viewer: Viewer | None, form: dict[Word, Line | None]) -> None:
        """Look a few words up among the questions and answers."""
        self.query = " ".join((form.get("q") or "").split())
        self.found = [_answer(entry, viewer) for entry in search(self.query)[:_FOUND]] if self.query else []
        self.counted = _counted(len(self.found), self.query) if self.query else ""

    @rx.event
    @allow(anyone, ends=Ends.HERE)
    async def ask(self, viewer: Viewer | None, form: dict[Word, Line | None]) -> None:
        """Ask the assistant; what it does not know, it says."""
        question = " ".join((form.get("question") or "").split())
        if not question:
            return
        entry = answer(question)
        turn = Turn(text=entry.answer, href=_way(entry, viewer), link=entry.link) if entry else Turn(
            text=_UNKNOWN, href="#demande", link="Écrire à une personne"
        )  # fmt: skip
        turns: list[Turn] = self.get_value("turns")
        self.turns = [*turns, Turn(mine=True, text=question), turn][-_TURNS:]
        if entry is None and not self.form.text:
            self.form.text, self.form.version = question, french.iso(clock.now())

    @rx.event
    @allow(anyone)
    async def send(self, viewer: Viewer | None, form: dict[Word, Text | None]) -> None:
        """File the request, or say what to correct; what was typed stays."""
        typed = HelpForm(
            *(form.get(name) or "" for name in ("name", "email", "siren", "company", "subject", "text"))
        )
        checked = check(typed)
        self.error, self.receipt = "", Receipt()
        self.form = kept(Form, _fields(typed), checked.errors)
        if checked.errors:
            return
        outcome = await actions.ask(viewer, checked.form)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return
        now = clock.now()
        self.receipt = Receipt(outcome.reference, french.moment(outcome.at, now), email=checked.form.email)
        self.form = _blank(HelpForm(typed.name, typed.email, typed.siren, typed.company))

    async def _show(self, viewer: Viewer) -> None:
        """Rights changed: the header follows, what is being written stays."""
        await self._greet(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        watches.forget(self)
        self.form, self.receipt = Form(), Receipt()
        await super()._refuse(refusal, viewer)


def _counted(count: int, query: str) -> str:
    counted = french.plural(count, "réponse") if count else "Aucune réponse"
    return french.typeset(f"{counted} pour « {query} »")


def _blank(known: HelpForm) -> Form:
    return Form(**_fields(known), version=french.iso(clock.now()))


def _fields(form: HelpForm) -> dict[str, str]:
    return {name: getattr(form, name) for name in HelpForm.__slots__}


def _answer(entry: Entry, viewer: Viewer | None) -> Answer:
    return Answer(entry.theme, entry.question, entry.answer, _way(entry, viewer), entry.link)


def _way(entry: Entry, viewer: Viewer | None) -> str:
    """Where the answer leads; nowhere for whom that page is closed to."""
    return entry.href if leads(entry.href, viewer) else ""
