"""/avis: what one thinks of the site (PPR-53); /agent/avis: where the service reads it, with the requests."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

import reflex as rx

from models.identity.accounts.policy import may_assist
from models.identity.accounts.viewer import Viewer
from models.identity.factors import recovery
from models.identity.factors.policy import about_recoveries
from models.identity.factors.queries import recoveries
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.database import read
from models.signals.assistance import actions, queries
from models.signals.assistance.forms import OpinionForm
from models.signals.assistance.policy import about_assistance
from models.signals.assistance.rules import RATINGS, SUBJECTS
from models.signals.assistance.tables import HelpRequest, Opinion
from state.identity.people import RecoveryRow, recovery_row
from state.kit.ending import Ends
from state.kit.fields import read_key
from state.kit.form import FormScreen
from state.kit.guard import Typed, Word, allow, anyone
from state.kit.screen import ActScreen, PublicScreen, Scope

_LONGEST_PAGE = 200


class GiveOpinion(FormScreen, PublicScreen, rx.State):
    """The form of an opinion."""

    page: str = ""
    error: str = ""
    thanked: bool = False

    @rx.event
    @allow(anyone)
    async def load(self, viewer: Viewer | None) -> None:
        """Open the form, about the page that the address names."""
        await self._open(viewer)

    def _begin(self) -> None:
        self.page = page_of(str(self.router.url.query_parameters.get("page", "")))
        self.error, self.thanked = "", False
        self._prefill()

    @rx.event
    @allow(anyone)
    async def send(self, _viewer: Viewer | None, form: Typed) -> None:
        """Keep the opinion."""
        typed = self._read(OpinionForm, form)
        if typed is None:
            return
        refusal = await actions.give_opinion(self.page, typed.rating, typed.comment)
        self.error, self.thanked = (refusal.reason, False) if refusal else ("", True)


@dataclass
class RequestRow:
    """A request for assistance, in the service's list."""

    reference: str = ""
    subject: str = ""
    at: str = ""
    who: str = ""
    email: str = ""
    text: str = ""
    waiting: bool = False


@dataclass
class OpinionRow:
    """An opinion, in the service's list."""

    rating: str = ""
    page: str = ""
    at: str = ""
    comment: str = ""
    fresh: bool = False


def about_the_desk(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether the entry changes the lists: a request, an opinion, somebody who lost their second factors."""
    return about_assistance(viewer, entry) or about_recoveries(entry)


class ReadOpinions(ActScreen, rx.State):
    """What users asked and think, live, for those who run the service."""

    _scope: ClassVar = Scope(may_assist, about_the_desk)

    requests: list[RequestRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    opinions: list[OpinionRow] = []  # noqa: RUF012
    recovering: list[RecoveryRow] = []  # noqa: RUF012
    summary: str = ""
    unread: int = 0

    @rx.event
    @allow(may_assist)
    async def load(self, viewer: Viewer) -> None:
        """Open both lists, and follow them live."""
        await self._open(viewer)

    @rx.event
    @allow(may_assist, ends=Ends.ANSWER)
    async def answered(self, viewer: Viewer, reference: Word) -> None:
        """The request was answered."""
        await actions.answered(viewer, reference)
        await self._show(viewer)

    @rx.event
    @allow(may_assist, ends=Ends.ANSWER)
    async def read(self, viewer: Viewer) -> None:
        """The opinions given until now were read."""
        await actions.read_opinions(viewer)
        await self._show(viewer)

    @rx.event
    @allow(may_assist, ends=Ends.ANSWER)
    async def certify_recovery(self, viewer: Viewer, account_id: Word) -> None:
        """Vouch that somebody lost their second factors."""
        await self._after(viewer, await recovery.certify_recovery(viewer, read_key(account_id)), "")

    @rx.event
    @allow(may_assist, ends=Ends.ANSWER)
    async def decline_recovery(self, viewer: Viewer, account_id: Word) -> None:
        """Put a request to sign in without the second factor aside."""
        await self._after(viewer, await recovery.decline_recovery(viewer, read_key(account_id)), "")

    async def _fill(self, viewer: Viewer) -> None:
        lost = await read(recoveries, viewer)
        asked = await read(queries.requests, viewer)
        opinions = await read(queries.opinions, viewer)
        judged = await read(queries.judged, viewer)
        now = clock.now()
        self.recovering = [recovery_row(request) for request in lost]
        self.requests = [
            _request(help_request, french.moment(help_request.asked_at, now)) for help_request in asked
        ]
        self.opinions = [_opinion(opinion, french.moment(opinion.given_at, now)) for opinion in opinions]
        self.unread = sum(row.fresh for row in self.get_value("opinions"))
        mean = f", {judged.average:.1f} sur 5 en moyenne".replace(".", ",") if judged.number else ""
        self.summary = f"{french.plural(judged.number, 'avis', 'avis')} en 90{french.NBSP}jours{mean}"


def page_of(asked: str) -> str:
    """The path of a page of ours, without the reference of a consignment; empty for anything else."""
    path = urlsplit(asked).path[:_LONGEST_PAGE]
    if not path.startswith("/") or path.startswith("//") or not path.isprintable():
        return ""
    return "/suivi/…" if path.startswith("/suivi/") else path


def _request(row: HelpRequest, at: str) -> RequestRow:
    company = ", ".join(
        part for part in (row.company, french.grouped(row.siren) if row.siren else "") if part
    )
    who = row.name + (f", {company}" if company else "")
    subject = SUBJECTS.get(row.subject, SUBJECTS["other"])
    return RequestRow(row.reference, subject, at, who, row.email, row.text, row.answered_at is None)


def _opinion(row: Opinion, at: str) -> OpinionRow:
    return OpinionRow(
        RATINGS.get(row.rating, ""), row.page or "Tout le site", at, row.comment, row.read_at is None
    )
