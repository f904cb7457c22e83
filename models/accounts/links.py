"""Links sent by e-mail: signed, good once and for a time, for one purpose (COM-03, COM-05).

What is sent is a token that names a row; the row says whose it is, for what and until when. Reading a link
changes nothing, since mail scanners open what they find: only the form of its page uses it.
"""

import secrets
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.accounts.tables import Account, EmailLink
from models.accounts.tokens import Audience, read, sign
from models.settings import settings


class Purpose(StrEnum):
    """What a link is for. One made for a purpose is worth nothing for another."""

    VERIFY = "verify"
    """Confirm the address of a new account, and set its first password."""
    PASSWORD = "password"  # noqa: S105 (the name of a purpose)
    ADDRESS = "address"
    """Confirm the new address of an account."""


LIFE = {
    Purpose.VERIFY: timedelta(minutes=30),
    Purpose.PASSWORD: timedelta(minutes=30),
    Purpose.ADDRESS: timedelta(hours=24),
}
"""From when the letter leaves (COM-05)."""
SETS_PASSWORD = frozenset({Purpose.VERIFY, Purpose.PASSWORD})
_PAGES = {
    Purpose.VERIFY: "/mot-de-passe/nouveau",
    Purpose.PASSWORD: "/mot-de-passe/nouveau",
    Purpose.ADDRESS: "/adresse",
}
PARAMETER = "lien"


def make_link(db: AsyncSession, purpose: Purpose, account_id: int, email: str) -> str:
    """A new link for that account, to be sent to `email`; its id. In the caller's transaction."""
    now = clock.now()
    made = EmailLink(
        id=secrets.token_urlsafe(24),
        purpose=purpose,
        account_id=account_id,
        email=email,
        created_at=now,
        expires_at=now + LIFE[purpose],
    )
    db.add(made)
    return made.id


def address_of(link_id: str, purpose: Purpose) -> str:
    """The address to send: signed, good for as long as the link from now on."""
    token = sign(Audience.LINK, LIFE[purpose], jti=link_id)
    return f"{settings().public_url}{_PAGES[purpose]}?{PARAMETER}={token}"


async def start_life(db: AsyncSession, link_id: str) -> None:
    """The letter leaves now: its link holds from now on, however long the mail server was away."""
    link = await db.get(EmailLink, link_id)
    if link is not None and link.used_at is None:
        link.expires_at = clock.now() + LIFE[Purpose(link.purpose)]


async def opened(
    db: AsyncSession, token: str, purposes: frozenset[Purpose]
) -> tuple[EmailLink, Account] | None:
    """The link that the token names, and whose it is, while it holds for one of these purposes.

    None for anything else: forged, expired, used, ended, or of another purpose.
    """
    link_id = (read(Audience.LINK, token) or {}).get("jti")
    link = await db.get(EmailLink, link_id) if isinstance(link_id, str) else None
    if link is None or link.purpose not in purposes:
        return None
    if link.used_at is not None or link.expires_at <= clock.now():
        return None
    return link, await db.get_one(Account, link.account_id)


async def end_links(db: AsyncSession, account_id: int, *purposes: Purpose) -> None:
    """None of the account's links of these purposes holds any more, in the caller's transaction."""
    mine = (
        col(EmailLink.account_id) == account_id,
        col(EmailLink.purpose).in_(purposes),
        col(EmailLink.used_at).is_(None),
    )
    await db.exec(update(EmailLink).where(*mine).values(used_at=clock.now()))
