"""The letters that wait in the outbox, and the links that they would carry."""

from sqlmodel import col, select

from models.identity.accounts.links import LIFE, Purpose
from models.identity.accounts.tables import EmailLink
from models.identity.accounts.tokens import Audience, sign
from models.identity.letters.tables import Email
from tests.support.databases import reading


async def posted(to: str) -> list[str]:
    """The kinds of the letters to that address, oldest first."""
    async with reading() as db:
        found = db.exec(select(Email).where(Email.to == to).order_by(col(Email.created_at)))
        return [one.kind for one in found]


async def link_to(email: str, *purposes: Purpose) -> EmailLink:
    """The newest link sent to that address, of one of these purposes if they are told."""
    async with reading() as db:
        sent = select(EmailLink).where(EmailLink.email == email).order_by(col(EmailLink.created_at).desc())
        found = db.exec(sent.where(col(EmailLink.purpose).in_(purposes or Purpose))).first()
    assert found is not None
    return found


async def token_to(email: str, *purposes: Purpose) -> str:
    """What the newest link sent to that address carries, signed as when its letter leaves."""
    link = await link_to(email, *purposes)
    return sign(Audience.LINK, LIFE[Purpose(link.purpose)], jti=link.id)
