"""From the journal to what people are told: a cursor, and all that follows from an entry in one transaction.

The journal is the outbox of facts (docs/decisions/0018): whatever stops, and wherever, the entries after the cursor
are told at the next start, and those before it were told with its move.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func
from sqlmodel import col, select

from models.border.messages.tables import Message
from models.identity.access.subjects import Person
from models.identity.accounts.actors import actor_of
from models.journal.queries import about, after
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession, write
from models.kernel.subject import Subject
from models.signals.notifications.cursors import JOURNAL, PEOPLE, move, position
from models.signals.notifications.dispatch import tell
from models.signals.notifications.facts import RELEVANT, STANDING, WIDE, Fact, Standing, facts_of
from models.signals.notifications.kinds import RANK, Side
from models.signals.notifications.people import candidates, may_be_told, people

BATCH = 100
"""Entries told in one transaction: others wait to write meanwhile."""
PORTION = 200
"""People told in one transaction of a fact that may be everybody's: a third of a second or so, then others write."""


def pending(db: DbSession) -> bool:
    """Whether an entry waits to be told: one look at a key, so that idle relays write nothing."""
    newer = select(JournalEntry.seq).where(col(JournalEntry.seq) > position(db, JOURNAL)).limit(1)
    return db.exec(newer).first() is not None


async def relay(most: int = BATCH) -> int:
    """Tell the entries that follow the cursor, at most so many, and move it: all of it, or nothing (SES-32).

    One relay at a time does it, as there is one writer at a time. Returns how many entries were passed; one of which
    more people are still to be told counts each time, and a second cursor says who was.
    """
    return await write(lambda db: _relay(db, most))


def _relay(db: DbSession, most: int) -> int:
    entries = _together(after(db, position(db, JOURNAL), most))
    if not entries:
        return 0
    facts = _facts(db, [entry for entry in entries if entry.kind in RELEVANT])
    found: Sequence[int] = sorted(candidates(db, facts)) if facts else []
    found, left = _portion(db, found) if entries[0].kind in WIDE else (found, [])
    if found:
        tell(db, _concerned(db, facts, found))
    if not left:
        move(db, JOURNAL, entries[-1].seq or 0)
    return len(entries)


def _portion(db: DbSession, accounts: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Those to tell now, and those who are left for the next transaction, in the order of their numbers."""
    told = position(db, PEOPLE)
    waiting = [account for account in accounts if account > told]
    now, left = waiting[:PORTION], waiting[PORTION:]
    move(db, PEOPLE, now[-1] if left else 0)
    return now, left


def _together(entries: Sequence[JournalEntry]) -> Sequence[JournalEntry]:
    """What one transaction tells: entries that concern few, or one alone that may concern everybody."""
    wide = next((place for place, entry in enumerate(entries) if entry.kind in WIDE), len(entries))
    return entries[: wide or 1]


def _facts(db: DbSession, entries: Sequence[JournalEntry]) -> list[Fact]:
    standing = _standing(db, [entry for entry in entries if entry.kind in STANDING])
    named = _named(db, {entry.payload["message"] for entry in entries if entry.kind == "message.refused"})
    facts: list[Fact] = []
    for entry in entries:
        before = standing.get(entry.subject)
        facts += facts_of(entry, before, named.get(entry.payload.get("message", ""), frozenset()))
        if entry.kind in STANDING:
            standing[entry.subject] = entry.payload
    return facts


def _standing(db: DbSession, entries: Sequence[JournalEntry]) -> dict[Subject | None, Standing]:
    """Where each consignment of these entries stood before the first of them."""
    if not entries:
        return {}
    subjects = [entry.subject for entry in entries if entry.subject]
    newest = (
        select(func.max(JournalEntry.seq))
        .where(
            about(subjects),
            col(JournalEntry.seq) < entries[0].seq,
            col(JournalEntry.kind).in_(STANDING),
        )
        .group_by(col(JournalEntry.subject_kind), col(JournalEntry.subject_id))
    )
    latest = select(JournalEntry).where(col(JournalEntry.seq).in_(newest))
    return {entry.subject: entry.payload for entry in db.exec(latest)}


def _named(db: DbSession, messages: Collection[str]) -> dict[str, frozenset[str]]:
    """The posts that each of these messages names."""
    if not messages:
        return {}
    rows = db.exec(select(Message.id, Message.named_posts).where(col(Message.id).in_(messages)))
    return {name: frozenset(posts.split()) for name, posts in rows.all()}


def _concerned(
    db: DbSession, facts: Sequence[Fact], accounts: Collection[int]
) -> list[tuple[Person, list[Fact]]]:
    """What each person is told, oldest first: one fact of an entry at most, never what they did themselves."""
    sirens = {fact.siren for fact in facts if fact.siren}
    everyone = people(db, accounts, sirens)
    near = _Near(everyone)
    factses: defaultdict[int, dict[int, Fact]] = defaultdict(dict)
    for fact in facts:
        for person in near.to(fact):
            if fact.actor == actor_of(person.account_id):
                continue
            holder = fact.details.get("account")
            if not may_be_told(
                person, fact.side, fact.siren, fact.post_code, fact.posts, holder, fact.subject
            ):
                continue
            known = factses[person.account_id].get(fact.seq)
            if known is None or RANK[fact.kind] < RANK[known.kind]:
                factses[person.account_id][fact.seq] = fact
    return [(everyone[account], list(facts.values())) for account, facts in sorted(factses.items())]


class _Near:
    """Whom the policy is to be asked about: not everybody for each fact, when a batch concerns many companies."""

    def __init__(self, everyone: Mapping[int, Person]) -> None:
        self._everyone = everyone
        self._officers: list[Person] = []
        self._of_company: defaultdict[str, list[Person]] = defaultdict(list)
        for person in everyone.values():
            if any(view.is_officer for view in person.views):
                self._officers.append(person)
            for siren in {view.siren for view in person.views if view.siren}:
                self._of_company[siren].append(person)

    def to(self, fact: Fact) -> list[Person]:
        """Those who may be concerned."""
        if fact.side is Side.HOLDER:
            holder = self._everyone.get(fact.details["account"])
            return [holder] if holder else []
        if fact.side is Side.SERVICE_USERS:
            return list(self._everyone.values())
        if fact.side is Side.OPERATORS:
            return self._of_company.get(fact.siren or "", [])
        return self._officers
