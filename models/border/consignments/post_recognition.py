"""From how a CHED names its post to a post: a known one, or one that waits for an officer to confirm it (SES-05)."""

from dataclasses import dataclass

from models.border.consignments.queries import aliases, posts_named
from models.border.passage.content import Ched
from models.kernel import clock
from models.kernel.database import DbSession
from models.posts.catalogue import PUBLISHED, ensure_posts
from models.posts.tables import Post

_LOCODE_LENGTH = 5
_KINDS = {"1": "port", "2": "rail", "3": "road", "4": "airport"}
"""What the sixth character of a code says, as the functions of the UN/LOCODE do."""
_KINDS_BY_MODE = {"sea": "port", "air": "airport", "rail": "rail", "road": "road"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The post of a CHED."""

    code: str
    named: str | None = None
    """What the CHED calls it, where an officer said which post that is."""
    unknown: bool = False
    """Whether it waits for an officer to confirm it."""


def recognise(db: DbSession, ched: Ched) -> Recognised:
    """The post that a CHED names: of several codes, the known one; a place alone, if it has one known post.

    A post that nobody knows is kept as unknown, under the name that the best message gave it.
    """
    codes = [ched.post_code, *ched.post_others]
    rows = posts_named(db, codes, [code for code in codes if len(code) == _LOCODE_LENGTH])
    known = {row.code for row in rows if row.unknown_since is None}
    for code in codes:
        if code in known:
            return Recognised(code)
        if code in PUBLISHED:
            ensure_posts(db, [code])
            db.flush()
            return Recognised(code)
    known_as = aliases(db, codes)
    for code in codes:
        if code in known_as:
            return Recognised(known_as[code], code)
    if len(known) == 1:
        return Recognised(next(iter(known)))
    _keep_unknown(db, ched, waiting=ched.post_code in {row.code for row in rows})
    return Recognised(ched.post_code, unknown=True)


def _keep_unknown(db: DbSession, ched: Ched, *, waiting: bool) -> None:
    if waiting:
        post = db.get_one(Post, ched.post_code)
        better = ched.post_name or (ched.post_town if post.name == post.code else "")
        post.name, post.kind = better or post.name, post.kind or _kind(ched)
        db.add(post)
    else:
        db.add(
            Post(
                code=ched.post_code,
                name=ched.post_name or ched.post_town or ched.post_code,
                kind=_kind(ched),
                locode=ched.post_code[:_LOCODE_LENGTH],
                connected=False,
                unknown_since=clock.now(),
            )
        )
    db.flush()


def _kind(ched: Ched) -> str:
    """Port, airport, rail or road: by its code, else by what brings the goods; empty when nothing tells."""
    by_code = _KINDS.get(ched.post_code[_LOCODE_LENGTH : _LOCODE_LENGTH + 1], "")
    modes = (_KINDS_BY_MODE.get(transport.mode, "") for transport in ched.transports)
    return by_code or next(filter(None, modes), "")
