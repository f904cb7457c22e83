"""/entreprise: the people of a company, for those who answer for it (PPR-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from models.identity.accounts.viewer import Held, Viewer
from models.identity.companies.tables import Invitation
from models.identity.factors import recovery
from models.identity.factors.queries import Asked, recoveries
from models.identity.habilitations.words import RIGHTS, SERVICES
from models.identity.people import actions
from models.identity.people.forms import InviteForm
from models.identity.people.policy import about_people, may_manage
from models.identity.people.queries.people import Person, invitations
from models.identity.people.queries.people import people as people_of
from models.kernel import clock, french
from models.kernel.database import read
from models.kernel.refusal import Refusal
from state.identity.mandates import Mandated
from state.kit.ending import Ends
from state.kit.fields import read_key
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Typed, Word, allow
from state.kit.screen import ActScreen, Scope, dismissing


@dataclass
class PersonRow:
    """One person of the list."""

    id: str = ""
    name: str = ""
    email: str = ""
    detail: str = ""
    rights: str = ""
    ours: bool = False
    me: bool = False
    certified: bool = False
    corresponds: bool = False
    stamp: str = ""


@dataclass
class InvitationRow:
    """An invitation that waits for its answer."""

    id: str = ""
    email: str = ""
    detail: str = ""


@dataclass
class RecoveryRow:
    """Somebody who asks to sign in without the second factor."""

    id: str = ""
    name: str = ""
    email: str = ""
    detail: str = ""
    certified: bool = False


class People(FormScreen, ActScreen, rx.State):
    """The list, the invitations, and what was last done."""

    _scope: ClassVar = Scope(may_manage, about_people)
    _parts: ClassVar = (Mandated,)

    persons: list[PersonRow] = []  # noqa: RUF012 - Reflex copies defaults for each state
    invited: list[InvitationRow] = []  # noqa: RUF012
    recovering: list[RecoveryRow] = []  # noqa: RUF012

    @rx.event
    @allow(may_manage)
    async def load(self, viewer: Viewer) -> None:
        """Open the list, and follow it live."""
        self._blank()
        await self._open(viewer)

    @rx.event
    @allow(may_manage)
    async def invite(self, viewer: Viewer, form: Typed) -> None:
        """Send an invitation; an address that will not do stays in its field."""
        typed = self._read(InviteForm, form)
        if typed is None:
            return
        outcome = await actions.invite(viewer, typed.email)
        if isinstance(outcome, Refusal):
            self._fault(InviteForm, email=outcome.reason)
            return
        self._blank()
        await self._after(viewer, None, f"Invitation envoyée à {outcome.email}.")

    @rx.event
    @allow(may_manage, ends=Ends.ANSWER)
    async def cancel(self, viewer: Viewer, invitation_id: Word) -> None:
        """Take an invitation back."""
        await self._after(
            viewer, await actions.cancel_invitation(viewer, invitation_id), "Invitation annulée."
        )

    @rx.event
    @allow(may_manage, act=True)
    async def certify(self, viewer: Viewer, account_id: Word, shown: Stamp) -> Refusal | None:
        """Vouch for somebody."""
        return await self._after(
            viewer, await actions.certify(viewer, read_key(account_id), shown), "Compte certifié."
        )

    @rx.event
    @allow(may_manage, act=True)
    async def end_certification(self, viewer: Viewer, account_id: Word, shown: Stamp) -> Refusal | None:
        """Vouch no longer for somebody."""
        return await self._after(
            viewer,
            await actions.end_certification(viewer, read_key(account_id), shown),
            "Certification retirée.",
        )

    @rx.event
    @allow(may_manage, act=True)
    async def delegate(self, viewer: Viewer, account_id: Word, shown: Stamp) -> Refusal | None:
        """Let somebody else answer for the company as well."""
        return await self._after(
            viewer, await actions.delegate(viewer, read_key(account_id), shown), "Correspondant nommé."
        )

    @rx.event
    @allow(may_manage, act=True)
    async def end_delegation(self, viewer: Viewer, account_id: Word, shown: Stamp) -> Refusal | None:
        """Somebody answers for the company no longer: it may be oneself, and the page then closes."""
        return await self._after(
            viewer, await actions.end_delegation(viewer, read_key(account_id), shown), "Rôle retiré."
        )

    @rx.event
    @allow(may_manage, ends=Ends.ANSWER)
    async def certify_recovery(self, viewer: Viewer, account_id: Word) -> None:
        """Vouch that somebody lost their second factors."""
        await self._after(
            viewer, await recovery.certify_recovery(viewer, read_key(account_id)), "Demande certifiée."
        )

    @rx.event
    @allow(may_manage, ends=Ends.ANSWER)
    async def decline_recovery(self, viewer: Viewer, account_id: Word) -> None:
        """Put a request to sign in without the second factor aside."""
        await self._after(
            viewer, await recovery.decline_recovery(viewer, read_key(account_id)), "Demande écartée."
        )

    dismiss = dismissing(may_manage)

    async def _fill(self, viewer: Viewer) -> None:
        people, waiting = await read(people_of, viewer), await read(invitations, viewer)
        asked = await read(recoveries, viewer)
        self.persons = [_person(person, viewer) for person in people]
        self.invited = [_invitation(invitation) for invitation in waiting]
        self.recovering = [recovery_row(request) for request in asked]


def _person(person: Person, viewer: Viewer) -> PersonRow:
    roles = ["Correspondant"] if person.corresponds else []
    if not person.of_company:
        roles.append("D’une autre entreprise")
    elif person.certified_at:
        roles.append(f"Compte certifié le {french.day(person.certified_at)}")
    else:
        roles.append("Compte à certifier")
    return PersonRow(
        str(person.account_id),
        person.name,
        person.email,
        ", ".join(roles),
        told(person.rights),
        person.of_company,
        person.account_id == viewer.account_id,
        person.certified_at is not None,
        person.corresponds,
        person.stamp,
    )


def told(rights: Sequence[Held]) -> str:
    """`Télépaiement : adhérer, télépayer ; DELTA G : déclarer`; a sentence when there is none."""
    held: dict[str, list[str]] = {}
    for right in rights:
        held.setdefault(SERVICES.get(right.service, "Autre service"), []).append(
            RIGHTS.get(right.right, "autre droit")
        )
    parts = [f"{service}\u00a0: {', '.join(dict.fromkeys(words))}" for service, words in held.items()]
    return "\u00a0; ".join(parts) or "Aucune habilitation"


def recovery_row(request: Asked) -> RecoveryRow:
    """A request in words: since when, and what becomes of it."""
    now = clock.now()
    detail = f"Demandé le {french.moment(request.asked_at, now)}"
    if request.holds_from is not None:
        detail += f", certifié\u00a0: connexion possible à partir du {french.moment(request.holds_from, now)}"
    return RecoveryRow(str(request.account_id), request.name, request.email, detail, request.certified)


def _invitation(row: Invitation) -> InvitationRow:
    now = clock.now()
    sent, ends = french.moment(row.invited_at, now), french.day(row.expires_at)
    return InvitationRow(row.id, row.email, f"Envoyée le {sent}, valable jusqu’au {ends}")
