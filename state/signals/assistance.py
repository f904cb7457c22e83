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
from models.signals.assistance.forms import HelpForm, QuestionForm
from models.signals.assistance.rules import EXPECTED, SERVICE, hours_now
from models.signals.assistance.search import answer, search
from state.kit import watches
from state.kit.doors import leads
from state.kit.ending import Ends
from state.kit.form import Draft, FormScreen
from state.kit.guard import Typed, allow, anyone
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


class Assistance(FormScreen, PublicScreen, rx.State):
    """What the page of help shows; nothing of the conversation is kept elsewhere."""

    query: str = ""
    counted: str = ""
    """How many answers were found for `query`; empty while nothing is looked for."""
    found: list[Answer] = []  # noqa: RUF012 - Reflex copies defaults for each state
    turns: list[Turn] = [_GREETING]  # noqa: RUF012
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
        self._prefill(await read(queries.prefilled, viewer))

    @rx.event
    @allow(anyone, ends=Ends.HERE)
    async def search(self, viewer: Viewer | None, form: Typed) -> None:
        """Look a few words up among the questions and answers."""
        self.query = " ".join((form.get("q") or "").split())
        self.found = [_answer(entry, viewer) for entry in search(self.query)[:_FOUND]] if self.query else []
        self.counted = _counted(len(self.found), self.query) if self.query else ""

    @rx.event
    @allow(anyone, ends=Ends.HERE)
    async def ask(self, viewer: Viewer | None, form: Typed) -> None:
        """Ask the assistant; what it does not know, it says."""
        read_question = QuestionForm.read(form).values
        question = read_question.question if read_question else ""
        if not question:
            return
        entry = answer(question)
        turn = Turn(text=entry.answer, href=_way(entry, viewer), link=entry.link) if entry else Turn(
            text=_UNKNOWN, href="#demande", link="Écrire à une personne"
        )  # fmt: skip
        turns: list[Turn] = self.get_value("turns")
        self.turns = [*turns, Turn(mine=True, text=question), turn][-_TURNS:]
        if entry is None and not self.draft.typed.get("text"):
            self._blank({**self.draft.typed, "text": question})

    @rx.event
    @allow(anyone)
    async def send(self, viewer: Viewer | None, form: Typed) -> None:
        """File the request, or say what to correct; what was typed stays."""
        self.error, self.receipt = "", Receipt()
        typed = self._read(HelpForm, form)
        if typed is None:
            return
        outcome = await actions.ask(viewer, typed)
        if isinstance(outcome, Refusal):
            self.error = outcome.reason
            return
        now = clock.now()
        self.receipt = Receipt(outcome.reference, french.moment(outcome.at, now), email=typed.email)
        self._blank(typed.model_dump(include={"name", "email", "siren", "company"}))

    async def _show(self, viewer: Viewer) -> None:
        """Rights changed: the header follows, what is being written stays."""
        await self._greet(viewer)

    async def _refuse(self, refusal: Refusal, viewer: Viewer | None) -> Any:
        watches.forget(self)
        self.draft, self.receipt = Draft(), Receipt()
        await super()._refuse(refusal, viewer)


def _counted(count: int, query: str) -> str:
    counted = french.plural(count, "réponse") if count else "Aucune réponse"
    return french.typeset(f"{counted} pour « {query} »")


def _answer(entry: Entry, viewer: Viewer | None) -> Answer:
    return Answer(entry.theme, entry.question, entry.answer, _way(entry, viewer), entry.link)


def _way(entry: Entry, viewer: Viewer | None) -> str:
    """Where the answer leads; nowhere for whom that page is closed to."""
    return entry.href if leads(entry.href, viewer) else ""
