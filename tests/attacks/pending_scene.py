"""An account on which everything is pending at once, for tests/attacks/test_credential_events.py."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import select

from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.links import Purpose, make_link, opened
from models.identity.accounts.pending import Pending
from models.identity.accounts.tokens import Audience, sign
from models.identity.accounts.viewer import Viewer
from models.identity.companies.tables import Invitation
from models.identity.factors.ceremonies import begin
from models.identity.factors.queries import running_recovery
from models.identity.factors.rules import Kind
from models.identity.factors.rules import Purpose as ForFactor
from models.identity.factors.tables import Ceremony, FactorRecovery, SecondFactor
from models.identity.habilitations import attempts
from models.identity.habilitations.tables import LinkAttempt
from models.identity.people import actions
from models.identity.people.queries.people import open_invitations
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.scheduling.calendars import feeds
from models.signals.notifications.tables import PushSubscription
from tests.models.identity.people.test_people import CAMILLE, HUGO, seen
from tests.support.accounts import NOW, A, grant, make_session
from tests.support.databases import reading, transaction
from tests.support.factors import viewer_behind

P = Pending
NEW = "autre@kerdrel.example"
CHOSEN = "Quai-3-froid-2026"
LATER = NOW + timedelta(minutes=5)

WORDS = {
    P.VERIFY_LINK: "verify", P.PASSWORD_LINK: "password", P.ADDRESS_LINK: "address", P.CANCEL_LINK: "cancel",
    P.RESTORE_LINK: "restore", P.OTHER_SESSION: "others", P.CEREMONY: "half", P.RECOVERY: "lost",
    P.CO_OWNER_ATTEMPT: "link", P.CALENDAR: "calendar", P.PUSH: "push", P.INVITATION: "invited",
    P.VOUCHED: "vouched", P.NEW_FACTOR: "factor",
}  # fmt: skip
LINKS = {
    P.VERIFY_LINK: Purpose.VERIFY, P.PASSWORD_LINK: Purpose.PASSWORD, P.ADDRESS_LINK: Purpose.ADDRESS,
    P.CANCEL_LINK: Purpose.CANCEL, P.RESTORE_LINK: Purpose.RESTORE,
}  # fmt: skip


@dataclass
class Scene:
    """Camille's account with everything pending, and her colleague Hugo's request that she certified."""

    numbers: dict[str, int]
    viewer: Viewer
    other: str
    links: dict[Pending, str] = field(default_factory=dict)
    ceremony: str = ""
    secret: str = ""

    @property
    def number(self) -> int:
        return self.numbers[CAMILLE]

    async def alive(self) -> set[str]:
        """What still works."""
        async with reading() as db:
            session = viewer_of(self.other, db)
            attempt = db.exec(select(LinkAttempt)).first()
            found = {
                **{one: opened(db, token, frozenset({LINKS[one]})) for one, token in self.links.items()},
                P.OTHER_SESSION: session,
                P.CO_OWNER_ATTEMPT: attempt if session else None,
                P.CEREMONY: await self._ceremony(),
                P.RECOVERY: running_recovery(db, self.number),
                P.VOUCHED: running_recovery(db, self.numbers[HUGO]),
                P.CALENDAR: feeds.read_feed(db, self.secret),
                P.PUSH: db.exec(select(PushSubscription)).first(),
                P.INVITATION: db.exec(open_invitations(A)).first(),
                P.NEW_FACTOR: (db.exec(select(SecondFactor).where(SecondFactor.label == "pending"))).first(),
            }
        assert set(found) == set(P)
        return {WORDS[one] for one, what in found.items() if what is not None}

    async def _ceremony(self) -> Ceremony | None:
        async with reading() as db:
            row = db.get(Ceremony, self.ceremony)
        return row if row and row.ended_at is None else None


@pytest.fixture
async def scene(company: dict[str, int]) -> Scene:
    """All that is pending at once, made five minutes ago."""
    number, hugo = company[CAMILLE], company[HUGO]
    await grant(number, A)
    with clock.fixed(NOW):
        await actions.certify(await seen(CAMILLE), hugo)
        await actions.certify(await seen(CAMILLE), number)
        await actions.name_correspondent(hugo, A)
        mine, other = await make_session(CAMILLE), await make_session(CAMILLE)
        made = Scene(company, await viewer_behind(mine), other)
        await attempts.begin(await viewer_behind(other), CoOwner.DGDDI)
        assert isinstance(await actions.invite(made.viewer, "invitee@kerdrel.example"), Invitation)
        made.secret = str(await feeds.address(made.viewer))
        async with transaction() as db:
            for one, purpose in LINKS.items():
                to = NEW if purpose is Purpose.ADDRESS else CAMILLE
                made.links[one] = sign(
                    Audience.LINK, timedelta(days=1), jti=make_link(db, purpose, number, to)
                )
            made.ceremony = begin(db, ForFactor.SIGN_IN, number, timedelta(minutes=60)).id
            for whose in (number, hugo):
                db.add(
                    FactorRecovery(
                        account_id=whose,
                        asked_at=NOW,
                        expires_at=NOW + timedelta(days=1),
                        certified_at=NOW,
                        certified_by=number if whose == hugo else hugo,
                        holds_from=LATER if whose == number else NOW + timedelta(days=1),
                    )
                )
            db.add(
                PushSubscription(
                    account_id=number, endpoint="https://push.example/x", p256dh="x", auth="x", label="x", created_at=NOW
                )
            )  # fmt: skip
            db.add(
                SecondFactor(
                    account_id=number,
                    kind=Kind.PASSKEY,
                    label="pending",
                    created_at=NOW,
                    credential_id="pending",
                )
            )
    with clock.fixed(LATER):
        assert await made.alive() == set(WORDS.values())
    return made
