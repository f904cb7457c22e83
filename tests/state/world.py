"""The demonstration's people, and consignments that some of them may see and the others must not."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import select, update

from demo.commands.accounts import create_demo_accounts
from demo.commands.companies import A, B, C, T, eori
from demo.writers.contents import write_ched, write_event
from models.border.consignments.tables import Consignment
from models.border.messages.actions import receive
from models.border.passage.content import Ched, Container, Goods, Party, StepEvent, Transport
from models.border.passage.vocabulary import ChedType, StepKind, StepStatus
from models.identity.access.sessions import choose_company, open_session, revoke_sessions
from models.identity.accounts.tables import Account
from models.identity.companies.actions import end_mandate
from models.identity.companies.tables import RepresentationMandate
from models.identity.habilitations.actions import end_posting, withdraw_all
from models.identity.habilitations.tables import Habilitation, Posting
from models.kernel import clock
from tests.state.pipeline import Pipeline, Tab
from tests.support.databases import reading, transaction

HAVRE, ROISSY = "FRLEH1", "FRCDG4"


@dataclass(frozen=True)
class Dossier:
    """A consignment of the tests, and every word of it that only those concerned may read."""

    name: str
    siren: str
    post: str
    number: int
    container: str
    mrn: str
    scientific_name: str
    consignee: str

    @property
    def reference(self) -> str:
        """The CHED."""
        return f"CHEDPP.FR.2026.{self.number:07}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not reach the others, under any form."""
        spaced = f"{self.container[:4]} {self.container[4:10]} {self.container[10]}"
        return (
            self.reference, str(self.number), self.mrn, self.container, spaced, self.scientific_name,
            self.consignee,
        )  # fmt: skip

    def ched(self, status: str = "1") -> Ched:
        """Its notification, or a later version."""
        now = clock.now().replace(microsecond=0)
        return Ched(
            reference=self.reference,
            ched_type=ChedType.PLANTS,
            status=status,
            issued_at=now - timedelta(hours=30 if status == "1" else 0),
            submitted_at=now - timedelta(hours=30),
            post_code=self.post,
            mrn=self.mrn,
            origin_country="PE",
            purpose="INTERNAL_MARKET",
            net_weight=Decimal(21600),
            parties=(Party("consignee", self.consignee, "FR", "Le Havre", identifier=eori(self.siren)),),
            goods=(Goods(1, scientific_name=self.scientific_name, cn_code="99990000", origin_country="PE"),),
            containers=(Container(self.container),),
            transports=(Transport("sea", f"NAVIRE {self.name}"),),
        )


DOSSIERS = {
    one.name: one
    for one in (
        Dossier("A_HAVRE", A, HAVRE, 7100001, "CSQU3054383", "26FRA00000000000A1", "Aster alpinus", "Kerdrel Un"),
        Dossier("A_ROISSY", A, ROISSY, 7200002, "OSTU4812053", "26FRA00000000000A2", "Acer rubrum", "Kerdrel Deux"),
        Dossier("B_HAVRE", B, HAVRE, 7300003, "MSKU1234565", "26FRB00000000000B1", "Betula nana", "Horizon Un"),
        Dossier("C_HAVRE", C, HAVRE, 7400004, "TGHU7654325", "26FRC00000000000C1", "Cedrus atlantica", "Nutri Un"),
        Dossier("C_ROISSY", C, ROISSY, 7500005, "LTCU5550004", "26FRC00000000000C2", "Citrus medica", "Nutri Deux"),
    )
}  # fmt: skip


@dataclass
class World:
    """People and their tabs."""

    pipeline: Pipeline
    accounts: dict[str, int]
    ids: dict[str, int]

    async def session(self, who: str) -> str:
        """A new session of `who`@demo.passavant.fr."""
        async with transaction() as db:
            return open_session(db, self.accounts[who], 0)

    async def tab(self, who: str | None, *, siren: str = "") -> Tab:
        """A tab of that person, or of nobody; working for `siren` when it is given."""
        if who is None:
            return self.pipeline.tab()
        session_id = await self.session(who)
        if siren:
            assert await choose_company(session_id, siren) is None
        return self.pipeline.tab(session_id)

    async def revoke(self, who: str) -> None:
        """End every session of that person."""
        await revoke_sessions(self.accounts[who])

    async def renewed(self) -> None:
        """Undo revocations, withdrawals and ends: the next cell of a table starts as the first did."""
        async with transaction() as db:
            db.exec(update(Habilitation).values(withdrawn_at=None))
            db.exec(update(RepresentationMandate).values(ends_at=None))
            db.exec(update(Posting).values(ends_at=None))

    async def withdraw(self, who: str) -> None:
        """Take back every habilitation of that person, and end every posting."""
        await withdraw_all(self.accounts[who])
        for post in (HAVRE, ROISSY):
            await end_posting(self.accounts[who], post)

    async def end_mandate(self, represented: str) -> None:
        """`represented` no longer lets the customs representative act."""
        await end_mandate(represented, T)


async def fill() -> None:
    """Everybody, and every dossier notified."""
    await create_demo_accounts()
    for dossier in DOSSIERS.values():
        await notify(dossier)


async def world_of(pipeline: Pipeline) -> World:
    """What `fill` made, under the names that the tests give it."""
    async with reading() as db:
        people = db.exec(select(Account.email, Account.id)).all()
        known = dict(db.exec(select(Consignment.reference, Consignment.id)).all())
    ids = {name: known[one.reference] or 0 for name, one in DOSSIERS.items()}
    return World(pipeline, {email.partition("@")[0]: number for email, number in people if number}, ids)


async def notify(dossier: Dossier, status: str = "1") -> None:
    """Its CHED comes in."""
    receipt = await receive(write_ched(dossier.ched(status)), "partner:tests")
    assert receipt.consignments == (dossier.reference,)


async def tell(dossier: Dossier, step: StepKind, status: StepStatus = StepStatus.STARTED) -> None:
    """A partner tells one step, as happening now."""
    await receive(write_event(StepEvent(dossier.reference, step, status, clock.now())), "partner:tests")


def newcomer(name: str, like: str = "A_HAVRE") -> Dossier:
    """One more consignment of the same company and post, not notified yet."""
    number = 7900000 + len(name) * 1000 + sum(map(ord, name)) % 1000
    return replace(DOSSIERS[like], name=name, number=number, mrn="", scientific_name=f"Novus {name}")


def leaks(said: list[str], dossier: Dossier) -> list[str]:
    """Which words of the dossier stand anywhere in what was sent."""
    whole = "\n".join(said).replace("\u00a0", " ").replace("\u202f", " ").replace("\\u00a0", " ")
    return [word for word in dossier.secrets if word in whole]


Rows = list[dict[str, Any]]


def rows(tab: Tab) -> Rows:
    """The lines of the list as the tab shows them."""
    shown, changed = tab.shown["FollowUp"]["rows"], tab.shown["FollowUp"]["changed"]
    return [changed.get(one["reference"], one) for one in shown]
