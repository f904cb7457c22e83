"""Companies, people and consignments of the live measurement, written straight into the served database."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from models.border.consignments.policy import FOLLOW
from models.border.messages.actions import receive
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.identity.accounts.acceptance import add_acceptance
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account, Session
from models.identity.companies.tables import Company
from models.identity.habilitations.tables import Habilitation
from models.kernel import database
from models.kernel.settings.portal import settings
from tests.factories import body_of, ched
from tests.support.databases import transaction
from tests.support.served import ServedApp

_ROWS = 25


def _siren(group: str) -> str:
    return {"0.01": "912345675", "0.05": "950120345", "0.2": "880164207"}.get(group, "987654324")


async def cookies_of(served: ServedApp, groups: list[str]) -> list[str]:
    """A signed-in person for each screen, in the company of its group, which has 25 consignments."""
    os.environ["PASSAVANT_DATA_DIR"] = str(served.data)
    os.environ["PASSAVANT_DATABASE_URL"] = served.environment.get("PASSAVANT_DATABASE_URL", "")
    settings.cache_clear()
    await database.dispose()
    now = datetime.now(UTC)
    async with transaction() as db:
        for siren in sorted({_siren(group) for group in (*groups, "nobody")}):
            db.merge(Company(siren=siren, name=f"Entreprise {siren}"))
    async with transaction() as db:
        for number, group in enumerate(groups):
            account = Account(
                email=f"{number}@bench.example",
                name="Lise Marchand",
                role=Role.OPERATOR,
                siren=_siren(group),
                password_hash="",
                created_at=now,
                password_changed_at=now,
            )
            db.add(account)
            db.flush()
            add_acceptance(db, account.key)
            service, right = FOLLOW
            db.add(
                Habilitation(
                    account_id=account.id or 0,
                    service=service,
                    right=right,
                    siren=_siren(group),
                    granted_at=now,
                )
            )
            db.add(
                Session(
                    id=f"bench{number}",
                    account_id=account.id or 0,
                    created_at=now,
                    expires_at=now + timedelta(hours=9),
                )
            )
    for rank, group in enumerate(("0.01", "0.05", "0.2", "others")):
        for row in range(_ROWS):
            await receive(body_of(ched(1000 * rank + row + 1, _siren(group), issued_at=now)), "partner:bench")
    # Nobody's company: a message about it concerns no screen.
    await receive(body_of(ched(9001, "", issued_at=now)), "partner:bench")
    cookies = [f"{SESSION_COOKIE}={session_cookie(f'bench{number}')}" for number in range(len(groups))]
    await database.dispose()
    return cookies


def messages(group: str, count: int) -> Iterator[bytes]:
    """Steps of one consignment of that group, one after the other."""
    from models.border.passage.vocabulary import StepKind, StepStatus
    from tests.factories import event

    number = {"0.01": 1, "0.05": 1001, "0.2": 2001}.get(group, 9001)
    start = datetime.now(UTC)
    for rank in range(count):
        at = start + timedelta(milliseconds=rank)
        yield body_of(
            event(StepKind.DOCUMENTARY, StepStatus.STARTED, number=number).__class__(
                consignment=ched(number).reference,
                step=StepKind.DOCUMENTARY,
                status=StepStatus.STARTED,
                at=at,
                authority="",
                post="",
                detail=f"Lu {rank}",
            )
        )


def hydrate() -> str:
    """The name under which a browser asks for its page."""
    from tests.state.pipeline import CONNECT, full_name

    return full_name(CONNECT)
