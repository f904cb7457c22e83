"""From the journal to what people are told: a cursor, and all that follows from an entry in one transaction.

The journal is the outbox of facts (docs/decisions/0018): whatever stops, and wherever, the entries after the cursor
are told at the next start, and those before it were told with its move.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from models.identity.access.subjects import Person
from models.identity.accounts.actors import actor_of
from models.journal.queries import after
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession, write
from models.signals.notifications.cursors import JOURNAL, PEOPLE, move
from models.signals.notifications.dispatch import tell
from models.signals.notifications.facts import RELEVANT, STANDING, WIDE, Fact, facts_of
from models.signals.notifications.kinds import RANK, Side
from models.signals.notifications.queries.cursors import position
from models.signals.notifications.queries.people import candidates, may_be_told, people
from models.signals.notifications.queries.telling import is_newer, posts_named, standing_before

BATCH = 100
"""Entries told in one transaction: others wait to write meanwhile."""
PORTION = 200
"""People told in one transaction of a fact that may be everybody's: a third of a second or so, then others write."""


def pending(db: DbSession) -> bool:
    """Whether an entry waits to be told: one look at a key, so that idle relays write nothing."""
    return is_newer(db, position(db, JOURNAL))


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
    concerned: Sequence[int] = sorted(candidates(db, facts)) if facts else []
    concerned, left = _portion(db, concerned) if entries[0].kind in WIDE else (concerned, [])
    if concerned:
        tell(db, _concerned(db, facts, concerned))
    if not left:
        move(db, JOURNAL, entries[-1].seq or 0)
    return len(entries)


def _portion(db: DbSession, accounts: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Those to tell now, and those who are left for the next transaction, in the order of their numbers."""
    last_told = position(db, PEOPLE)
    waiting = [account for account in accounts if account > last_told]
    now, left = waiting[:PORTION], waiting[PORTION:]
    move(db, PEOPLE, now[-1] if left else 0)
    return now, left


def _together(entries: Sequence[JournalEntry]) -> Sequence[JournalEntry]:
    """What one transaction tells: entries that concern few, or one alone that may concern everybody."""
    wide = next((place for place, entry in enumerate(entries) if entry.kind in WIDE), len(entries))
    return entries[: wide or 1]


def _facts(db: DbSession, entries: Sequence[JournalEntry]) -> list[Fact]:
    standing = standing_before(db, [entry for entry in entries if entry.kind in STANDING])
    named = posts_named(
        db, {entry.payload["message"] for entry in entries if entry.kind == "message.refused"}
    )
    facts: list[Fact] = []
    for entry in entries:
        before = standing.get(entry.subject)
        facts += facts_of(entry, before, named.get(entry.payload.get("message", ""), frozenset()))
        if entry.kind in STANDING:
            standing[entry.subject] = entry.payload
    return facts


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
