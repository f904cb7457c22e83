"""Writing down what each person is told: notices of the portal, and what is to leave by e-mail and by push.

What happens about one subject within a short time is one notice, and one letter (models.signals.notifications.rules).
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.identity.access.subjects import Person
from models.identity.letters.limits import HOUR, free_from
from models.identity.letters.tables import Email
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.rows import insert_rows
from models.kernel.subject import Subject
from models.signals.notifications.choices import Choices, choices_of, is_bounced
from models.signals.notifications.cursors import touch
from models.signals.notifications.facts import Fact
from models.signals.notifications.kinds import KINDS, RANK, Channel, Mode
from models.signals.notifications.letters import NOTICES
from models.signals.notifications.queries.telling import (
    devices_among,
    letters_held,
    letters_since,
    pushes_held,
    unread_about,
)
from models.signals.notifications.rules import (
    GROUPED,
    PUSH_SETTLING,
    SETTLING,
    TOLD_OUTSIDE,
    after_quiet,
    next_digest,
)
from models.signals.notifications.tables import Notice, NoticeEntry, PushMessage

Told = Sequence[tuple[Person, list[Fact]]]


@dataclass
class _Open:
    """What was begun for these people and may still be added to."""

    notices: dict[tuple[int, Subject], Notice] = field(default_factory=dict)
    letters: dict[tuple[int, bool], Email] = field(default_factory=dict)
    pushes: dict[tuple[int, str], PushMessage] = field(default_factory=dict)
    sent: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """When letters of notices were written to each, over the last hour."""
    subscriptions: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def tell(db: DbSession, told: Told) -> None:
    """Write down what each person is told, by the channels that they chose (SES-30)."""
    if not told:
        return
    ids = [person.account_id for person, _ in told]
    choices = choices_of(db, ids)
    begun = _begun(db, ids, [fact for _, facts in told for fact in facts])
    entries: list[dict[str, Any]] = []
    for person, facts in told:
        writer = _Writer(db, person, choices[person.account_id], begun)
        for fact in facts:
            entries += writer.tell(fact)
    db.flush()
    for entry in entries:
        entry["carrier"] = str(entry["carrier"].id)
    insert_rows(db, NoticeEntry, entries)
    touch(db, {row["account_id"] for row in entries if row["channel"] == Channel.PORTAL})


def _begun(db: DbSession, ids: Collection[int], facts: Collection[Fact]) -> _Open:
    begun = _Open()
    since = min(fact.at for fact in facts) - GROUPED
    for notice in unread_about(db, ids, {fact.subject for fact in facts}, since):
        begun.notices[notice.account_id, notice.subject] = notice
    for letter in letters_held(db, ids):
        if letter.account_id is not None:
            begun.letters[letter.account_id, letter.details["digest"]] = letter
    for account_id, at in letters_since(db, ids, clock.now() - HOUR):
        begun.sent[account_id or 0].append(at)
    for device in devices_among(db, ids):
        begun.subscriptions[device.account_id].append(device.id or 0)
    devices = [number for numbers in begun.subscriptions.values() for number in numbers]
    for push in pushes_held(db, devices):
        begun.pushes[push.subscription_id, push.subject] = push
    return begun


class _Writer:
    """Writes down what one person is told."""

    def __init__(self, db: DbSession, person: Person, choices: Choices, begun: _Open) -> None:
        self._db, self._person, self._choices, self._begun = db, person, choices, begun
        self._bounced = is_bounced(choices.bounced, person.email)

    def tell(self, fact: Fact) -> list[dict[str, Any]]:
        """One fact, through each channel; the entries that say so."""
        now = clock.now()
        outside = fact.at > now - TOLD_OUTSIDE
        email = self._choices.mode(fact.kind, Channel.EMAIL)
        by_letter = outside and email is not Mode.OFF and not self._bounced
        silenced = self._bounced and email is not Mode.OFF
        ways: list[tuple[str, Notice | Email | PushMessage]] = []
        if self._choices.mode(fact.kind, Channel.PORTAL) is Mode.ON or silenced:
            ways.append((Channel.PORTAL, self._notice(fact, read_at=None if outside else now)))
        if by_letter:
            ways.append((Channel.EMAIL, self._letter(fact, now, digest=email is Mode.DIGEST)))
        if outside and self._choices.mode(fact.kind, Channel.PUSH) is Mode.ON:
            browsers = self._begun.subscriptions[self._person.account_id]
            ways += [(f"{Channel.PUSH}:{browser}", self._push(browser, fact, now)) for browser in browsers]
        return [self._entry(fact, channel, carrier) for channel, carrier in ways]

    def _entry(self, fact: Fact, channel: str, carrier: Any) -> dict[str, Any]:
        return {
            "seq": fact.seq,
            "account_id": self._person.account_id,
            "channel": channel,
            "kind": fact.kind,
            "side": fact.side,
            "carrier": carrier,
        }

    def _notice(self, fact: Fact, *, read_at: datetime | None) -> Notice:
        key = (self._person.account_id, fact.subject)
        notice = self._begun.notices.get(key)
        if notice is None or notice.read_at != read_at or fact.at - notice.created_at >= GROUPED:
            notice = self._begun.notices[key] = Notice(
                account_id=self._person.account_id,
                kind=fact.kind,
                subject_kind=fact.subject.kind,
                subject_id=fact.subject.id,
                count=0,
                last_seq=fact.seq,
                created_at=fact.at,
                last_at=fact.at,
                read_at=read_at,
            )
            _say(notice, fact)
            self._db.add(notice)
        elif RANK[fact.kind] <= RANK[notice.kind]:
            _say(notice, fact)
        notice.count += 1
        notice.last_seq, notice.last_at = fact.seq, max(notice.last_at, fact.at)
        return notice

    def _letter(self, fact: Fact, now: datetime, *, digest: bool) -> Email:
        key = (self._person.account_id, digest)
        letter = self._begun.letters.get(key)
        due = max(self._free_from(letter, now), self._due(fact, now, digest=digest))
        if letter is None:
            letter = self._begun.letters[key] = Email(
                id=secrets.token_urlsafe(16),
                kind=NOTICES,
                to=self._person.email,
                account_id=self._person.account_id,
                details={"digest": digest},
                created_at=now,
                due_at=due,
            )
            self._db.add(letter)
            self._begun.sent[self._person.account_id].append(now)
        elif letter.due_at is None or due < letter.due_at:
            letter.due_at = due
        return letter

    def _free_from(self, own: Email | None, now: datetime) -> datetime:
        """When there is room for one letter more, or for the one that waits."""
        sent = list(self._begun.sent[self._person.account_id])
        if own is not None and own.created_at in sent:
            sent.remove(own.created_at)
        return free_from(sent, now)

    def _due(self, fact: Fact, now: datetime, *, digest: bool) -> datetime:
        if digest:
            return next_digest(now, self._choices.digest_hour)
        if KINDS[fact.kind].urgent:
            return now
        return after_quiet(now + SETTLING, self._choices.quiet_from, self._choices.quiet_until)

    def _push(self, subscription: int, fact: Fact, now: datetime) -> PushMessage:
        settling = 0 * PUSH_SETTLING if KINDS[fact.kind].urgent else PUSH_SETTLING
        due = after_quiet(now + settling, self._choices.quiet_from, self._choices.quiet_until)
        key = (subscription, str(fact.subject))
        push_message = self._begun.pushes.get(key)
        if push_message is None:
            push_message = self._begun.pushes[key] = PushMessage(
                id=secrets.token_urlsafe(16),
                account_id=self._person.account_id,
                subscription_id=subscription,
                subject=str(fact.subject),
                created_at=now,
                due_at=due,
            )
            self._db.add(push_message)
        elif push_message.due_at is None or due < push_message.due_at:
            push_message.due_at = due
        return push_message


def _say(notice: Notice, fact: Fact) -> None:
    notice.kind, notice.details = fact.kind, fact.details | {"side": fact.side}
    notice.siren, notice.post_code = fact.siren, fact.post_code
