"""The programs that a company mandates: a part of /entreprise, for those who answer for it (SES-04, PPR-10)."""

from dataclasses import dataclass

import reflex as rx

from models.identity.accounts.viewer import Viewer
from models.identity.people import mandates
from models.identity.people.forms import MandateForm
from models.identity.people.policy import may_manage
from models.identity.people.queries import mandates as programs
from models.identity.people.queries.mandates import Software
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Typed, Word, allow
from state.kit.screen import Answers, Part, dismissing


@dataclass
class SoftwareRow:
    """A program that is mandated."""

    id: str = ""
    name: str = ""
    detail: str = ""
    stamp: str = ""


@dataclass
class SoftwareChoice:
    """A program that could be."""

    value: str = ""
    label: str = ""


class Mandated(FormScreen, Answers, Part, rx.State):
    """Shown and redrawn by the page that it is a part of, which watches for it."""

    given: list[SoftwareRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    choices: list[SoftwareChoice] = []  # noqa: RUF012

    @rx.event
    @allow(may_manage)
    async def give(self, viewer: Viewer, form: Typed) -> None:
        """Let a program act for the company."""
        typed = self._read(MandateForm, form)
        if typed is not None:
            await self._after(viewer, await mandates.give(viewer, typed.software), "Logiciel mandaté.")

    @rx.event
    @allow(may_manage, act=True)
    async def withdraw(self, viewer: Viewer, client_id: Word, shown: Stamp) -> Refusal | None:
        """Let it act for the company no longer."""
        return await self._after(viewer, await mandates.withdraw(viewer, client_id, shown), "Mandat retiré.")

    dismiss = dismissing(may_manage)

    async def _show(self, viewer: Viewer) -> None:
        softwares = await read(lambda db: programs.given(db, viewer))
        choices = await read(lambda db: programs.choices(db, viewer))
        self.given = [_row(software) for software in softwares]
        self.choices = [SoftwareChoice(software.client_id, software.name) for software in choices]


def _row(software: Software) -> SoftwareRow:
    since = french.moment(software.since, clock.now()) if software.since else ""
    return SoftwareRow(software.client_id, software.name, f"Mandaté depuis le {since}", software.stamp)
