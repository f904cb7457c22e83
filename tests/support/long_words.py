"""People and goods whose every text is one word of sixty letters: `python -m tests.support.long_words` writes them.

Run in the environment of a served application. What others write has no length that a page can count on.
"""

import asyncio
from datetime import timedelta
from typing import Any

from sqlmodel import select

from demo.writers.contents import write_ched, write_event
from models.border.consignments.tables import Consignment
from models.border.messages.actions import receive
from models.border.passage.content import (
    Ched,
    Container,
    Goods,
    Package,
    Party,
    ReferencedDocument,
    StepEvent,
    Transport,
)
from models.border.passage.vocabulary import ChedType, StepKind, StepStatus
from models.identity.access.registration import create_account
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.rules import Role
from models.identity.companies.tables import Company, Establishment, Invitation
from models.identity.habilitations.actions import grant, post
from models.identity.people.actions import name_correspondent
from models.kernel import clock
from models.kernel.french import local
from models.money.payments.tables import Debt, Payment
from models.posts.tables import Bay, Post, PostClosure, PostTerms
from models.scheduling.appointments.tables import Appointment, AppointmentConsignment, Instructions
from models.signals.assistance.tables import HelpRequest, Opinion
from tests.support.databases import transaction

WORD = "Hydroxypropylmethylcellulosehydroxypropylmethylcellulosehydro"
PASSWORD = "Passavant-2026!"
OPERATOR, OFFICER = "mot-long@demo.passavant.fr", "agent-mot-long@demo.passavant.fr"
SIREN, POST = "800000002", "FRZZZ1"
REFERENCE, TICKET = "CHEDPP.FR.2026.9800001", "ZZZ-7K4Q2"
_RIGHTS = (
    *(("SESAME", right) for right in ("suivi", "rendez-vous")),
    *(("TELEPAIEMENT_SEPA", right) for right in ("telepayer", "adherer")),
    ("DELTA_G", "declarer"),
)


def _ched(number: int, siren: str) -> Ched:
    now = clock.now().replace(microsecond=0)
    packages = (Package("ZZ", WORD, 3),)
    lines = [
        Goods(1, WORD, WORD, WORD, "99990000", WORD, origin_country="PE", packages=packages),
        Goods(2, WORD, WORD, WORD, "08044000", WORD, product_type=WORD, origin_country="PE"),
    ]
    return Ched(
        reference=f"CHEDPP.FR.2026.{number}",
        ched_type=ChedType.PLANTS,
        status="1",
        issued_at=now - timedelta(hours=30),
        submitted_at=now - timedelta(hours=30),
        post_code=POST,
        post_name=WORD,
        local_reference=WORD,
        origin_country="PE",
        purpose=WORD.upper(),
        packages=packages,
        parties=(
            Party("consignor", WORD, "PE", WORD, identifier=WORD),
            Party("consignee", WORD, "FR", WORD, identifier=siren),
        ),
        goods=tuple(lines),
        containers=(Container(WORD, (WORD, WORD)),),
        transports=(Transport("sea", WORD, WORD),),
        documents=(ReferencedDocument("851", WORD, WORD), ReferencedDocument("ZZZ", WORD, WORD)),
    )


async def _people() -> tuple[int, int]:
    async with transaction() as db:
        db.add(Company(siren=SIREN, name=WORD))
        db.add(Post(code=POST, name=WORD, kind="port", locode=POST[:5]))
        db.flush()
        db.add(Establishment(siret=f"{SIREN}00018", siren=SIREN, name=WORD, city=WORD))
    operator = await create_account(OPERATOR, WORD, PASSWORD, Role.OPERATOR, SIREN, email_verified=True)
    officer = await create_account(OFFICER, WORD, PASSWORD, Role.SIVEP, None, email_verified=True)
    assert isinstance(operator, int)
    assert isinstance(officer, int)
    async with transaction() as db:
        for one in (operator, officer):
            add_acceptance(db, one)
    for service, right in _RIGHTS:
        assert await grant(operator, service, right, SIREN)
    assert await name_correspondent(operator, SIREN)
    assert await post(officer, POST)
    return operator, officer


async def _messages() -> None:
    now = clock.now().replace(microsecond=0)
    for number, siren in ((9800001, SIREN), (9800002, ""), (9800003, SIREN)):
        await receive(write_ched(_ched(number, siren)), "partner:test")
    for reference in (REFERENCE, "CHEDPP.FR.2026.9899999"):
        for step, status in (
            (StepKind.ARRIVAL, StepStatus.DONE),
            (StepKind.DOCUMENTARY, StepStatus.UNSATISFACTORY),
            (StepKind.PHYSICAL, StepStatus.PLANNED),
        ):
            await receive(write_event(StepEvent(reference, step, status, now, detail=WORD)), "partner:test")
    await receive(f'{{"type": "step", "consignment": "{WORD}"}}'.encode(), "partner:test")
    await receive(f"UNB+UNOA:2+{WORD}".encode(), "partner:test")
    await receive(f"<{WORD}/>".encode(), "partner:test")


async def _appointment(operator: int) -> None:
    now = clock.now()
    at = local(now).replace(hour=10, minute=0, second=0, microsecond=0)
    async with transaction() as db:
        bay = Bay(
            post_code=POST, name=WORD, controls="identity physical", goods="cold dry live_animals plants"
        )
        db.add(bay)
        db.add(
            PostTerms(post_code=POST, department="76", phone=WORD[:25], changed_at=now, stamp="long-words")
        )
        db.add(PostClosure(post_code=POST, starts_at=now, ends_at=now + timedelta(days=1), reason=WORD))
        db.flush()
        goods = db.exec(select(Consignment).where(Consignment.reference == REFERENCE)).one()
        made = Appointment(
            reference=TICKET,
            post_code=POST,
            siren=SIREN,
            control="physical",
            service="plants",
            goods="plants",
            bay_id=bay.key,
            starts_at=at,
            ends_at=at + timedelta(minutes=45),
            status="confirmed",
            reason_text=WORD,
            booked_by=operator,
            booked_at=now,
            changed_at=now,
        )
        db.add(made)
        db.flush()
        db.add(AppointmentConsignment(appointment_id=made.id or 0, consignment_id=goods.key))
        db.add(
            Instructions(
                appointment_id=made.id or 0,
                container_code=WORD,
                contact_name=WORD,
                contact_phone=WORD,
                note=WORD,
            )
        )


async def _words(operator: int) -> None:
    now = clock.now()
    today = local(now).date()
    money: dict[str, Any] = {
        "co_owner": "DGDDI",
        "version": 1,
        "siren": SIREN,
        "nature": WORD,
        "period": WORD,
        "amount": 1,
        "received_at": now,
    }
    async with transaction() as db:
        db.add(Debt(reference=WORD, due_on=today, status="due", **money))
        db.add(
            Payment(reference=WORD, paid_on=today, status="done", means="sepa", debt_reference=WORD, **money)
        )
        db.add(
            Invitation(
                id="long",
                siren=SIREN,
                email=f"{WORD}@{WORD}.fr".lower(),
                invited_by=operator,
                invited_at=now,
                expires_at=now + timedelta(days=9),
            )
        )
        db.add(Opinion(given_at=now, page=f"/{WORD}", rating=1, comment=WORD))
        db.add(
            HelpRequest(
                reference="AIDE-2026-980000",
                asked_at=now,
                subject="other",
                name=WORD,
                email=f"{WORD}@{WORD}.fr",
                company=WORD,
                text=WORD,
            )
        )


async def write() -> None:
    """All of it, once."""
    operator, _officer = await _people()
    await _messages()
    await _appointment(operator)
    await _words(operator)


if __name__ == "__main__":
    asyncio.run(write())
