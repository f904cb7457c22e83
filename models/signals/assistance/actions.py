"""The verbs of assistance, one transaction and one journal entry each; what was written stays out of the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.identity.accounts.actors import actor_of
from models.identity.accounts.policy import may_assist
from models.identity.accounts.viewer import Viewer
from models.identity.letters.actions import post_letter
from models.identity.letters.limits import TooManyLetters
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.french import moment
from models.kernel.refusal import Refusal
from models.signals.assistance.forms import HelpForm
from models.signals.assistance.queries import (
    last_request,
    opinions_since,
    request_of,
    requests_since,
    unread_opinions,
)
from models.signals.assistance.rules import LONGEST_TEXT, RATINGS
from models.signals.assistance.tables import HelpRequest, Opinion

NOBODY = "anonymous"
_HOUR = timedelta(hours=1)
FROM_ALL, OPINIONS = 200, 200
"""In an hour: requests from all, opinions."""
_TOO_MANY = Refusal(
    "Trop de demandes viennent d’arriver. Celle-ci n’est pas enregistrée\u00a0: réessayez dans une heure."
)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the person is told at once (COM-12)."""

    reference: str
    at: datetime


async def ask(viewer: Viewer | None, form: HelpForm) -> Acknowledged | Refusal:
    """File a request that was checked (PPR-52), and acknowledge it (COM-12).

    Refused beyond the limits of letters, as each is acknowledged by one (SES-53), and beyond 200 an hour from all:
    nobody fills the list for the others.
    """
    try:

        def verb(db: DbSession) -> Acknowledged | Refusal:
            if requests_since(db, clock.now() - _HOUR) >= FROM_ALL:
                return _TOO_MANY
            return _file(db, viewer, form)

        return await write(verb)
    except TooManyLetters:
        return _TOO_MANY


def _file(db: DbSession, viewer: Viewer | None, form: HelpForm) -> Acknowledged:
    now = clock.now()
    number = last_request(db) + 1
    reference = f"AIDE-{now.year}-{number:06}"
    db.add(
        HelpRequest(
            reference=reference,
            asked_at=now,
            subject=form.subject,
            name=form.name,
            email=form.email,
            siren=form.siren,
            company=form.company,
            text=form.text,
            account_id=viewer.account_id if viewer else None,
        )
    )
    post_letter(db, "help_received", to=form.email, reference=reference, at=moment(now, now), by=viewer)
    actor = actor_of(viewer.account_id) if viewer else NOBODY
    record(db, "help.asked", actor=actor, reference=reference, topic=form.subject)
    return Acknowledged(reference, now)


async def answered(viewer: Viewer, reference: str) -> Refusal | None:
    """Say that a request was answered; those who run the service only."""
    refusal = may_assist(viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Refusal | None:
        row = request_of(db, reference)
        if row is None:
            return Refusal("Cette demande n’existe pas.")
        if row.answered_at is None:
            row.answered_at = clock.now()
            record(db, "help.answered", actor=actor_of(viewer.account_id), reference=reference)
        return None

    return await write(verb)


async def give_opinion(page: str, rating: int, comment: str) -> Refusal | None:
    """Keep what somebody thinks of a page (PPR-53), without who it is; 200 an hour at most."""
    if rating not in RATINGS:
        return Refusal("Choisissez une des cinq réponses.")

    def verb(db: DbSession) -> Refusal | None:
        now = clock.now()
        if opinions_since(db, now - _HOUR) >= OPINIONS:
            return _TOO_MANY
        db.add(Opinion(given_at=now, page=page, rating=rating, comment=comment.strip()[:LONGEST_TEXT]))
        record(db, "opinion.given", actor=NOBODY, rating=rating)
        return None

    return await write(verb)


async def read_opinions(viewer: Viewer) -> Refusal | None:
    """Say that the opinions given until now were read; those who run the service only."""
    refusal = may_assist(viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Refusal | None:
        rows = unread_opinions(db)
        for row in rows:
            row.read_at = clock.now()
        if rows:
            record(db, "opinion.read", actor=actor_of(viewer.account_id), number=len(rows))
        return None

    return await write(verb)
