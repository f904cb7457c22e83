"""Links sent by e-mail: signed, good once and for a time, for one purpose (COM-03, COM-05).

What is sent is a token that names a row; the row says whose it is, for what and until when. Reading a link
changes nothing, since mail scanners open what they find: only the form of its page uses it.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, update

from models.identity.accounts.tables import Account, EmailLink
from models.identity.accounts.tokens import Audience, read, sign
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.settings.portal import settings


class Purpose(StrEnum):
    """What a link is for. One made for a purpose is worth nothing for another."""

    VERIFY = "verify"
    """Confirm the address of a new account, and set its first password."""
    PASSWORD = "password"  # noqa: S105 (the name of a purpose)
    ADDRESS = "address"
    """Confirm the new address of an account."""
    CANCEL = "cancel"
    """Say that one did not ask for another address: in the letter that tells the present one."""
    RESTORE = "restore"
    """Give the account back the address that was replaced: in the letter that tells that address."""
    OBJECT = "object"
    """Say that one did not lose one's second factor: in the letters that tell of a recovery."""


LIFE = {
    Purpose.VERIFY: timedelta(minutes=30),
    Purpose.PASSWORD: timedelta(minutes=30),
    Purpose.ADDRESS: timedelta(hours=24),
    Purpose.CANCEL: timedelta(hours=24),
    Purpose.RESTORE: timedelta(days=7),
    Purpose.OBJECT: timedelta(days=7),
}
"""From when the letter leaves (COM-05)."""
SETS_PASSWORD = frozenset({Purpose.VERIFY, Purpose.PASSWORD})
UNDOES = frozenset({Purpose.CANCEL, Purpose.RESTORE, Purpose.OBJECT})
"""What the victim of a thief uses, without signing in."""
_OUTLIVES_THE_PASSWORD = frozenset({Purpose.RESTORE})
"""A thief who confirmed an address sets a password next: the way back must not end with it."""
_PAGES = {
    Purpose.VERIFY: "/mot-de-passe/nouveau",
    Purpose.PASSWORD: "/mot-de-passe/nouveau",
    Purpose.ADDRESS: "/adresse",
    Purpose.CANCEL: "/annuler",
    Purpose.RESTORE: "/annuler",
    Purpose.OBJECT: "/annuler",
}
PARAMETER = "lien"


def make_link(db: DbSession, purpose: Purpose, account_id: int, email: str) -> str:
    """A new link for that account, to be sent to `email`; its id. In the caller's transaction."""
    now = clock.now()
    email_link = EmailLink(
        id=secrets.token_urlsafe(24),
        purpose=purpose,
        account_id=account_id,
        email=email,
        created_at=now,
        expires_at=now + LIFE[purpose],
    )
    db.add(email_link)
    return email_link.id


def address_of(link_id: str, purpose: Purpose) -> str:
    """The address to send: signed, good for as long as the link from now on."""
    token = sign(Audience.LINK, LIFE[purpose], jti=link_id)
    return f"{settings().public_url}{_PAGES[purpose]}?{PARAMETER}={token}"


def start_life(db: DbSession, link_id: str) -> None:
    """The letter leaves now: its link holds from now on, however long the mail server was away."""
    link = db.get(EmailLink, link_id)
    if link is not None and link.used_at is None:
        link.expires_at = clock.now() + LIFE[Purpose(link.purpose)]


def opened(db: DbSession, token: str, purposes: frozenset[Purpose]) -> tuple[EmailLink, Account] | None:
    """The link that the token names, and whose it is, while it holds for one of these purposes.

    None for anything else: forged, expired, used, ended, of another purpose, or older than the password.
    """
    link_id = (read(Audience.LINK, token) or {}).get("jti")
    link = db.get(EmailLink, link_id) if isinstance(link_id, str) else None
    if link is None or link.purpose not in purposes:
        return None
    if link.used_at is not None or link.expires_at <= clock.now():
        return None
    account = db.get_one(Account, link.account_id)
    older = link.created_at < account.password_changed_at
    return None if older and link.purpose not in _OUTLIVES_THE_PASSWORD else (link, account)


def end_links(db: DbSession, account_id: int, *purposes: Purpose, since: datetime | None = None) -> None:
    """None of the account's links of these purposes holds any more, in the caller's transaction.

    `since`: of them, only those that were made then or later.
    """
    conditions = [
        col(EmailLink.account_id) == account_id,
        col(EmailLink.purpose).in_(purposes),
        col(EmailLink.used_at).is_(None),
    ]
    if since is not None:
        conditions.append(col(EmailLink.created_at) >= since)
    db.exec(update(EmailLink).where(*conditions).values(used_at=clock.now()))
