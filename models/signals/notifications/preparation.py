"""What leaves, as it is when it leaves: who the person is by then, what they may know, what they chose.

Revoked between the fact and the delivery: nothing is sent (SES-04, SES-05).
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from models.border.messages.tables import Message
from models.identity.access.subjects import Person, Title, titles_of
from models.identity.accounts.tokens import Audience, sign
from models.identity.letters.tables import Email
from models.journal.tables import JournalEntry
from models.kernel.database import DbSession
from models.kernel.settings.portal import settings
from models.kernel.subject import Subject
from models.signals.notifications.choices import Choices, choices_of, is_bounced
from models.signals.notifications.facts import excerpt, subject_of
from models.signals.notifications.kinds import KINDS, RANK, Channel, Mode
from models.signals.notifications.queries.people import may_be_told, people
from models.signals.notifications.queries.telling import carried_by, count_carried
from models.signals.notifications.rules import LONGEST_LETTER
from models.signals.notifications.tables import NoticeEntry, PushMessage, PushSubscription
from models.signals.notifications.words import words

GO = "/notifications/aller"
"""Followed by the number of a journal entry: leads to what it is about, if the person may still see it."""
KEY = "cle"
"""The parameter by which a link of a letter shows that it is ours, and for whom."""
UNSUBSCRIBE = "/notifications/desabonnement"
UNSUBSCRIBE_LIFE = timedelta(days=180)
_MOST = 500
"""Entries that one letter looks at."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fact that the person may still be told."""

    seq: int
    kind: str
    subject: Subject
    about: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Push:
    """What leaves for one browser."""

    subscription: PushSubscription
    title: str
    body: str
    path: str
    tag: str
    """The same for all that is about one subject: a newer message takes the place of an older one."""
    urgent: bool


def letter_of(db: DbSession, email: Email) -> tuple[str, dict[str, Any]] | None:
    """The address and the details of a letter of notices; None when nobody may be told any more."""
    person, chosen = _now(db, email.account_id or 0)
    if person is None or is_bounced(chosen.bounced, person.email):
        return None
    tolds = _told(db, person, chosen, Channel.EMAIL, email.id, Channel.EMAIL)
    if not tolds:
        return None
    items = _items(person, tolds)
    optional = sorted({told_fact.kind for told_fact in tolds if not KINDS[told_fact.kind].mandatory})
    unsubscribe = _unsubscribe(person, optional) if optional else ""
    looked = count_carried(db, email.id)
    more = len(items) - LONGEST_LETTER if len(items) > LONGEST_LETTER else 0
    return person.email, {
        "items": items[:LONGEST_LETTER],
        "more": more + max(0, looked - _MOST),
        "digest": email.details["digest"],
        "unsubscribe": unsubscribe,
    }


def push_of(db: DbSession, message: PushMessage) -> Push | None:
    """What a push message says, and to which browser; None when nobody may be told any more.

    A phone shows it on its locked screen, and a third party carries it: one sentence that names nobody, no consignment.
    """
    subscription = db.get(PushSubscription, message.subscription_id)
    if subscription is None or subscription.account_id != message.account_id:
        return None
    person, chosen = _now(db, message.account_id)
    channel = f"{Channel.PUSH}:{message.subscription_id}"
    tolds = _told(db, person, chosen, channel, message.id, Channel.PUSH) if person else []
    if not tolds:
        return None
    main = min(tolds, key=lambda one: (RANK[one.kind], -one.seq))
    rule = KINDS[main.kind]
    tag = hashlib.sha256(f"{subscription.endpoint}:{message.subject}".encode()).hexdigest()[:16]
    return Push(subscription, rule.label, rule.aside, f"{GO}/{main.seq}", tag, rule.urgent)


def _now(db: DbSession, account_id: int) -> tuple[Person | None, Choices]:
    person = people(db, [account_id]).get(account_id)
    return person, choices_of(db, [account_id])[account_id]


def _told(
    db: DbSession, person: Person, chosen: Choices, channel: str, carrier: str, way: Channel
) -> list[Told]:
    rows = carried_by(db, channel, carrier, _MOST)
    titles = titles_of(db, (fact.subject for _, fact in rows))
    tolds = []
    for entry, fact in rows:
        subject = subject_of(fact)
        title = titles.get(subject)
        if chosen.mode(entry.kind, way) is Mode.OFF or not _may(db, person, entry, fact, title):
            continue
        sentence_told = words(entry.kind, entry.side, excerpt(fact), subject, title)
        name = f"{title.title} ({title.reference})" if title else ""
        tolds.append(Told(entry.seq, entry.kind, subject, name, sentence_told.title, sentence_told.sentence))
    return tolds


def _may(db: DbSession, person: Person, entry: NoticeEntry, fact: JournalEntry, title: Title | None) -> bool:
    """Whether the person would be told of the fact now: what it is about may have changed hands, too."""
    siren = title.siren if title else fact.siren
    post = title.post_code if title else fact.post_code
    named: frozenset[str] = frozenset()
    if "message" in fact.payload and title is None:
        message = db.get(Message, fact.payload["message"])
        named = frozenset(message.named_posts.split()) if message else named
    holder = fact.payload.get("account_id")
    return may_be_told(person, entry.side, siren, post, named, holder, subject_of(fact))


def go(person: Person, seq: int) -> str:
    """The address of a notice in a letter to that person, which another site could not write."""
    return f"{GO}/{seq}?{KEY}={key_of(person.account_id, seq)}"


def key_of(account_id: int, seq: int) -> str:
    """What shows that a link to a notice was written by us, to the holder of that account."""
    message = f"notice\n{account_id}\n{seq}"
    digest = hmac.new(settings().signing_key().encode(), message.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:18]).decode()


def _items(person: Person, tolds: Sequence[Told]) -> list[dict[str, Any]]:
    """One for each subject, what matters most first; what happened to each, in order."""
    subjects: defaultdict[Subject, list[Told]] = defaultdict(list)
    for fact in tolds:
        subjects[fact.subject].append(fact)
    items = []
    for of_one in sorted(subjects.values(), key=lambda ones: min(RANK[fact.kind] for fact in ones)):
        main = min(of_one, key=lambda fact: (RANK[fact.kind], -fact.seq))
        lines = list(dict.fromkeys(fact.sentence for fact in of_one))[-5:]
        items.append(
            {"title": main.title, "about": main.about, "lines": lines, "href": go(person, of_one[-1].seq)}
        )
    return items


def _unsubscribe(person: Person, kinds: Sequence[str]) -> str:
    token = sign(Audience.NOTICES, UNSUBSCRIBE_LIFE, sub=str(person.account_id), kinds=list(kinds))
    return f"{settings().public_url}{UNSUBSCRIBE}?jeton={token}"
