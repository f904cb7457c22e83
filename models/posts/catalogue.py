"""The border control posts connected to Passavant.

Codes as published on Légifrance (JORFARTI000041636369, annexe III), where Fos-sur-Mer has one of its own; that
annex covers feed only and does not list Marseille, whose code follows the same pattern.
"""

from collections.abc import Collection

from models.kernel.database import DbSession
from models.posts.queries import posts_among
from models.posts.tables import Post

PORT = "port"
AIRPORT = "airport"

# code, name, kind, UN/LOCODE
_POSTS: tuple[tuple[str, str, str, str], ...] = (
    ("FRLEH1", "Le Havre", PORT, "FRLEH"),
    ("FRCDG4", "Roissy-Charles-de-Gaulle", AIRPORT, "FRCDG"),
    ("FRMRS1", "Marseille", PORT, "FRMRS"),
    ("FRFOS1", "Fos-sur-Mer", PORT, "FRFOS"),
    ("FRDKK1", "Dunkerque", PORT, "FRDKK"),
)


PUBLISHED = frozenset(code for code, *_ in _POSTS)
"""Known to everybody, whether or not a message has named them yet."""


def ensure_posts(session: DbSession, codes: Collection[str] = PUBLISHED) -> None:
    """Add those of these posts that are not there yet, and mark them connected, in the caller's transaction."""
    known = {post.code: post for post in posts_among(session, codes)}
    for code, name, kind, locode in _POSTS:
        if code not in codes:
            continue
        post = known.get(code) or Post(code=code, name=name, kind=kind, locode=locode)
        post.name, post.kind, post.locode = name, kind, locode
        post.connected, post.unknown_since = True, None
        session.add(post)
