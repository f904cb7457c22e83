"""The links with the co-owners, and what each lets the holder do: a part of /profil (PPR-08)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import reflex as rx

from models.identity.access.cookies import LINK_DONE, LINK_REFUSED, read_flash_cookie
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.policy import may_link
from models.identity.habilitations.queries import HeldSomewhere, own_habilitations, own_links
from models.identity.habilitations.tables import CoOwnerLink
from models.identity.habilitations.words import CO_OWNERS_IN_SENTENCES, RIGHTS, SERVICES, SITES
from models.journal.tables import JournalEntry
from models.kernel import clock, french
from models.kernel.co_owners import CoOwner
from models.kernel.database import read
from models.kernel.settings.portal import settings
from models.money.payments.words import CO_OWNERS
from state.kit.screen import Part

_FACTS = ("account.linked", "account.unlinked", "habilitation.granted", "habilitation.withdrawn")


@dataclass
class Holding:
    """What one co-owner lets the holder do for one company."""

    company: str = ""
    siren: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass
class Link:
    """One co-owner, as the card shows it."""

    code: str = ""
    name: str = ""
    there: str = ""
    """« la douane »"""
    available: bool = False
    linked: bool = False
    since: str = ""
    href: str = ""
    """Where the link is asked for; `/rompre` after it ends it."""
    creatable: bool = False
    changeable: bool = False
    """Whether its password can be changed from here (PPR-06)."""
    site: str = ""
    holdings: list[Holding] = field(default_factory=list)


class Links(Part, rx.State):
    """Shown and redrawn by the page that it is a part of: it has no handler of its own."""

    offered: bool = False
    links: list[Link] = []  # noqa: RUF012 - Reflex copies defaults for each state
    done_title: str = ""
    done: str = ""
    error_title: str = ""
    error: str = ""

    def _begin(self) -> None:
        """What the last form post, or the co-owner's site, left to say."""
        self.done_title = self.done = self.error_title = self.error = ""
        flash = read_flash_cookie(self.router.headers.cookie)
        if flash and flash.kind == LINK_DONE:
            self.done_title, self.done = flash.title, flash.sentence
        elif flash and flash.kind == LINK_REFUSED:
            self.error_title, self.error = flash.title, flash.sentence

    async def _show(self, viewer: Viewer) -> None:
        self.offered = may_link(viewer) is None
        if not self.offered:
            self.links = []
            return
        rows = await read(own_links, viewer)
        held = await read(own_habilitations, viewer)
        self.links = [
            link_of(
                co_owner,
                rows.get(co_owner),
                [held_somewhere for held_somewhere in held if held_somewhere.co_owner == co_owner],
            )
            for co_owner in CoOwner
        ]


def about_links(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether a fact changes the viewer's links or habilitations, on whatever company."""
    return entry.kind in _FACTS and entry.payload.get("account_id") == viewer.account_id


def link_of(co_owner: CoOwner, row: CoOwnerLink | None, held: Sequence[HeldSomewhere]) -> Link:
    """One co-owner, in French."""
    there = settings().co_owner(co_owner)
    return Link(
        code=co_owner,
        name=CO_OWNERS[co_owner],
        there=CO_OWNERS_IN_SENTENCES[co_owner],
        available=bool(there.issuer),
        linked=row is not None,
        since=french.moment(row.linked_at, clock.now()) if row else "",
        href=f"/rattachement/{co_owner}",
        creatable=row is None and bool(there.scim_url),
        changeable=row is not None and row.created_here and bool(there.scim_url),
        site=there.site_url or SITES[co_owner],
        holdings=_holdings(held),
    )


def _holdings(held: Sequence[HeldSomewhere]) -> list[Holding]:
    """Grouped by SIREN (PPR-05); `held` comes in that order."""
    return [
        Holding(company, f"SIREN {french.grouped(siren)}", _lines(list(several)))
        for (siren, company), several in groupby(held, lambda one: (one.siren, one.company))
    ]


def _lines(held: Sequence[HeldSomewhere]) -> list[str]:
    """A line for each service and place: « Télépaiement : adhérer, télépayer »."""
    words: dict[tuple[str, str], list[str]] = {}
    for grant in held:
        place = (
            f", {grant.establishment or 'établissement'} ({french.grouped(grant.siret)})"
            if grant.siret
            else ""
        )
        line = SERVICES.get(grant.service, "Autre service"), place
        words.setdefault(line, []).append(RIGHTS.get(grant.right, "autre droit"))
    return [
        french.typeset(f"{service} : {', '.join(rights)}{place}")
        for (service, place), rights in words.items()
    ]
