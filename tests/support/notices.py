"""People who are told things, facts to tell them, and what became of it."""

import base64
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import SQLModel, col, select

from models.border.consignments.subject import CONSIGNMENT
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.accounts.viewer import Viewer
from models.identity.habilitations.tables import Habilitation, Posting
from models.identity.letters.tables import Email
from models.journal.record import SYSTEM, record_at_once
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.subject import Subject
from models.signals.alerts.actions import journal
from models.signals.alerts.catalogue import ensure_thresholds
from models.signals.alerts.rules import Quantity
from models.signals.alerts.tables import Alert
from models.signals.notifications import derivation
from models.signals.notifications.queries.people import people
from models.signals.notifications.tables import Notice, NoticeEntry, PushMessage, PushSubscription
from tests.factories import NOW, A, B, C, keep, row, write_basics
from tests.support.databases import begin_from, reading, transaction

BEGAN = NOW - timedelta(days=30)
POST = "FRLEH1"


@dataclass(frozen=True)
class World:
    """Account numbers."""

    lise: int
    """Of A."""
    paul: int
    """Of A too."""
    agent: int
    """Of B, which A may mandate."""
    rival: int
    """Of C."""
    idle: int
    """Of A, without any right."""
    sivep: int
    customs: int
    elsewhere: int
    """SIVEP at another post."""
    boss: int
    """Supervisor."""


PEOPLE: tuple[tuple[str, Role, str | None, str], ...] = (
    ("lise", Role.OPERATOR, A, "suivi"),
    ("paul", Role.OPERATOR, A, "suivi"),
    ("agent", Role.OPERATOR, B, "suivi"),
    ("rival", Role.OPERATOR, C, "suivi"),
    ("idle", Role.OPERATOR, A, ""),
    ("sivep", Role.SIVEP, None, POST),
    ("customs", Role.CUSTOMS, None, POST),
    ("elsewhere", Role.SIVEP, None, "FRCDG4"),
    ("boss", Role.SUPERVISOR, None, ""),
)


async def populate() -> World:
    """The companies, the posts, the people, and one consignment of A at Le Havre, number 1."""
    await begin_from(_write_people)
    async with reading() as db:
        ids = dict(db.exec(select(Account.name, Account.id)).all())
    return World(**{name: ids[name.title()] or 0 for name, *_ in PEOPLE})


async def _write_people() -> None:
    await write_basics()
    async with transaction() as db:
        for name, role, siren, held in PEOPLE:
            account = Account(
                email=f"{name}@example.org",
                name=name.title(),
                role=role,
                siren=siren,
                password_hash="",
                created_at=BEGAN,
                password_changed_at=BEGAN,
                email_verified_at=BEGAN,
            )
            db.add(account)
            db.flush()
            if siren and held:
                right: dict[str, Any] = {
                    "service": "SESAME",
                    "right": held,
                    "siren": siren,
                    "granted_at": BEGAN,
                }
                db.add(Habilitation(account_id=account.key, **right))
            elif held:
                db.add(Posting(account_id=account.key, post_code=held, starts_at=BEGAN))
    await keep(row(1))


async def viewer(account_id: int, siren: str | None = A) -> Viewer:
    """That person, working for that company if they may."""
    async with reading() as db:
        views = people(db, [account_id])[account_id].views
    return next((view for view in views if view.siren == siren), views[0])


async def happen(kind: str = "consignment.step_recorded", **said: Any) -> None:
    """A fact about the consignment 1 of A at Le Havre, unless told otherwise."""
    usual: dict[str, Any] = {"subject": Subject.of(CONSIGNMENT, 1), "siren": A, "post_code": POST}
    if kind.startswith("consignment."):
        standing = {"state": "in_progress", "step": "documentary", "owed_by": "sivep", "action": "decide"}
        usual |= standing | {"facts": [{"step": "documentary", "status": "satisfactory"}]}
    await write(lambda db: record_at_once(db, kind, **(usual | said)))


async def action_required(**said: Any) -> None:
    """The consignment now waits for its operator."""
    now = {"state": "action_required", "step": "declaration", "owed_by": "operator"}
    await happen(**(now | {"action": "file_declaration"} | said))


async def alert_opened() -> None:
    """An alert of the post, and the fact that tells it."""
    at = clock.now()

    def verb(db: DbSession) -> None:
        ensure_thresholds(db)
        db.flush()
        alert = Alert(
            threshold_id=1,
            quantity=Quantity.QUEUE_LENGTH,
            post_code=POST,
            value=9,
            opens_at=5,
            since=at,
            opened_at=at,
            updated_at=at,
        )
        db.add(alert)
        db.flush()
        journal(db, alert, SYSTEM, "alert.opened", value=9)

    await write(verb)


async def relayed() -> int:
    """Tell all that waits; how many entries were passed."""
    passed = 0
    while done := await derivation.relay():
        passed += done
    return passed


async def rows(table: type[SQLModel]) -> list[Any]:
    """All of them, oldest first."""
    async with reading() as db:
        key = next(iter(table.__table__.primary_key))  # type: ignore[attr-defined]
        return list(db.exec(select(table).order_by(key)).all())


async def told(account_id: int) -> list[tuple[str, str]]:
    """(kind, channel) of what that person was told, oldest first; each browser is `push`."""
    mine = select(NoticeEntry).where(NoticeEntry.account_id == account_id)
    async with reading() as db:
        found = db.exec(mine.order_by(col(NoticeEntry.seq), col(NoticeEntry.channel))).all()
    return [(one.kind, one.channel.partition(":")[0]) for one in found]


async def notices(account_id: int) -> list[Notice]:
    """Their notices of the portal, oldest first."""
    return [one for one in await rows(Notice) if one.account_id == account_id]


async def letters(account_id: int) -> list[Email]:
    """Letters to them, in the order in which they leave."""
    mine = [one for one in await rows(Email) if one.account_id == account_id]
    return sorted(mine, key=lambda one: one.due_at or one.sent_at or NOW)


async def pushes(account_id: int) -> list[PushMessage]:
    """Push messages to them."""
    return [one for one in await rows(PushMessage) if one.account_id == account_id]


def browser_keys() -> tuple[str, str]:
    """p256dh and auth, as a browser gives them."""
    point = generate_private_key(SECP256R1()).public_key()
    public = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _text(public), _text(bytes(range(16)))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def add_browser(account_id: int, endpoint: str = "https://push.example.org/one") -> int:
    """A browser that receives; its number."""
    p256dh, auth = browser_keys()
    made = PushSubscription(
        account_id=account_id, endpoint=endpoint, p256dh=p256dh, auth=auth, label="x", created_at=clock.now()
    )
    async with transaction() as db:
        db.add(made)
    return made.id or 0
