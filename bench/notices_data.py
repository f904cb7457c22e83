"""The people, facts and mail server of bench/notices.py."""

import os
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from models.border.consignments.tables import Consignment
from models.border.passage.rules import URGENCY
from models.border.passage.vocabulary import ConsignmentState
from models.identity.accounts.rules import Role
from models.identity.accounts.tables import Account
from models.identity.companies.tables import Company
from models.identity.habilitations.tables import Habilitation
from models.kernel.database import DbSession, write
from models.kernel.settings.portal import settings
from models.posts.catalogue import ensure_posts
from tests.support.served import free_port

COMPANIES, PEOPLE = 20, 3
_PRESENT = 500
"""Consignments that facts are told of while it is measured; those of the past come after them."""
_OF_ONE = 20
"""Facts of each consignment of the past."""
_ACTIONS = ("pay_duties", "file_declaration")
_NOW = datetime.now(UTC).replace(microsecond=0)


def _siren(number: int) -> str:
    return f"9{number % COMPANIES:08}"


async def prepare(past: int) -> None:
    """Companies, three people in each, their consignments, and those of so many facts of the past."""

    def verb(db: DbSession) -> None:
        ensure_posts(db)
        db.add_all(Company(siren=_siren(rank), name=f"Entreprise {rank}") for rank in range(COMPANIES))
        db.flush()
        db.add_all(_account(number) for number in range(COMPANIES * PEOPLE))
        db.flush()
        for number in range(COMPANIES * PEOPLE):
            right: dict[str, Any] = {"service": "SESAME", "right": "suivi", "siren": _siren(number // PEOPLE)}
            db.add(Habilitation(account_id=number + 1, granted_at=_NOW, **right))
        db.add_all(_consignment(number) for number in range(_PRESENT + -(-past // _OF_ONE)))

    await write(verb)


def _account(number: int) -> Account:
    return Account(
        id=number + 1,
        email=f"p{number}@example.org",
        name="Lise Marchand",
        role=Role.OPERATOR,
        siren=_siren(number // PEOPLE),
        password_hash="",
        created_at=_NOW,
        password_changed_at=_NOW,
        email_verified_at=_NOW,
    )


def _consignment(number: int) -> Consignment:
    return Consignment(
        id=number + 1,
        reference=f"CHEDPP.FR.2026.{number + 1:07}",
        ched_type="CHEDPP",
        siren=_siren(number),
        post_code="FRLEH1",
        title="Avocats du Pérou",
        ched_status="1",
        ched_issued_at=_NOW,
        state="in_progress",
        step="documentary",
        actor="sivep",
        action="check_documents",
        urgency=URGENCY[ConsignmentState.IN_PROGRESS],
        opened_at=_NOW,
        changed_at=_NOW,
    )


def fact(number: int, at: datetime) -> dict[str, Any]:
    """A fact about one consignment after the other, each of which asks for another action than the last."""
    return _fact(number % _PRESENT, at, _ACTIONS[number // _PRESENT % 2])


def past_fact(number: int, at: datetime) -> dict[str, Any]:
    """A fact that was told, of a consignment of the past."""
    return _fact(_PRESENT + number // _OF_ONE, at, _ACTIONS[number % 2])


def _fact(consignment: int, at: datetime, action: str) -> dict[str, Any]:
    said = {"state": "action_required", "step": "release", "owed_by": "operator", "action": action}
    return {
        "at": at,
        "kind": "consignment.observed",
        "actor": "partner:bench",
        "subject_kind": "consignment",
        "subject_id": str(consignment + 1),
        "siren": _siren(consignment),
        "post_code": "FRLEH1",
        "payload": said,
    }


def notice_row(number: int, person: int, said: dict[str, Any]) -> dict[str, Any]:
    """A read notice of that fact for one of the three people of its company."""
    return {
        "account_id": _person(number, person),
        "kind": "action_required",
        "subject_kind": said["subject_kind"],
        "subject_id": said["subject_id"],
        "siren": said["siren"],
        "post_code": said["post_code"],
        "details": said["payload"],
        "count": 1,
        "last_seq": number,
        "created_at": said["at"],
        "last_at": said["at"],
        "read_at": said["at"],
    }


def entry_row(number: int, person: int, carrier: str, channel: str = "portal") -> dict[str, Any]:
    """That it was told."""
    return {
        "seq": number,
        "account_id": _person(number, person),
        "channel": channel,
        "kind": "action_required",
        "side": "operators",
        "carrier": carrier,
    }


def _person(number: int, person: int) -> int:
    return number % COMPANIES * PEOPLE + person + 1


class MailServer:
    """A mail server that counts; this process's own inside the block."""

    def __init__(self) -> None:
        self.port, self.arrived, self.last = free_port(), 0, b""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Its name in aiosmtpd."""
        assert isinstance(envelope.content, bytes)
        self.last = envelope.content
        self.arrived += 1
        return "250 OK"

    def __enter__(self) -> "MailServer":
        os.environ["PASSAVANT_SMTP_URL"] = f"smtp://127.0.0.1:{self.port}"
        settings.cache_clear()
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
        del os.environ["PASSAVANT_SMTP_URL"]
        settings.cache_clear()
