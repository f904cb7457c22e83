"""The border control posts connected to Passavant.

Codes as published on Légifrance (JORFARTI000041636369, annexe III), where Fos-sur-Mer has one of its own; that
annex covers feed only and does not list Marseille, whose code follows the same pattern.
"""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.posts.tables import Post

PORT = "port"
AIRPORT = "airport"

# code, name, kind, UN/LOCODE
_POSTS = (
    ("FRLEH1", "Le Havre", PORT, "FRLEH"),
    ("FRCDG4", "Roissy-Charles-de-Gaulle", AIRPORT, "FRCDG"),
    ("FRMRS1", "Marseille", PORT, "FRMRS"),
    ("FRFOS1", "Fos-sur-Mer", PORT, "FRFOS"),
    ("FRDKK1", "Dunkerque", PORT, "FRDKK"),
)


async def ensure_posts(session: AsyncSession) -> None:
    """Add the posts that are not there yet, and mark all of them connected, in the caller's transaction."""
    codes = [code for code, *_ in _POSTS]
    found = await session.exec(select(Post).where(col(Post.code).in_(codes)))
    known = {post.code: post for post in found}
    for code, name, kind, locode in _POSTS:
        post = known.get(code) or Post(code=code, name=name, kind=kind, locode=locode)
        post.name, post.kind, post.locode, post.connected = name, kind, locode, True
        session.add(post)
