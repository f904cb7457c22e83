"""Saying which post an unknown one is, and taking that back (SES-05)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.border.consignments.settlement import Source, seen_by, settle
from models.border.consignments.tables import Consignment
from models.border.matching.policy import may_match
from models.border.matching.queries.posts import consignments_at, open_naming
from models.identity.accounts.viewer import Viewer
from models.journal.record import record
from models.kernel import clock
from models.kernel.database import DbSession, write
from models.kernel.refusal import Refusal
from models.kernel.stamps import changed, stamp
from models.posts.tables import Post, PostAlias

LONGEST_NAME = 80
_GONE = Refusal("Ce poste n’attend plus\u00a0: quelqu’un a déjà dit lequel c’est.")
_NO_CHOICE = Refusal("Choisissez de quel poste il s’agit, ou dites que c’est un nouveau poste.")
_NO_NAME = Refusal("Donnez le nom du nouveau poste.")
_NOT_SAID = Refusal("Ce poste n’a plus rien à annuler.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was said of a post, or taken back: its code as messages write it, the post that it is, what moved."""

    alias: str
    name: str
    moved: int


async def confirm(viewer: Viewer, code: str, known: str, name: str = "") -> Confirmed | Refusal:
    """Say that the unknown post `code` is the post `known`; or, if that is empty, a new one of that `name`.

    Consignments that wait under it go to the known post, and so will those that name it later; whoever works there
    sees them at once. A new post is known from then on, and nobody's until officers are posted to it.
    """
    refusal = may_match(viewer)
    if refusal is not None:
        return refusal
    plain = " ".join(name.split())[:LONGEST_NAME]

    def verb(db: DbSession) -> Confirmed | Refusal:
        post = db.get(Post, code)
        if post is None or post.unknown_since is None or db.get(PostAlias, code) is not None:
            return _GONE
        target = db.get(Post, known) if known else post
        if target is None or (known and target.unknown_since is not None):
            return _NO_CHOICE
        if target is post and not plain:
            return _NO_NAME
        if target is post:
            post.name, post.unknown_since = plain, None
            db.add(post)
        db.add(
            PostAlias(
                name=code, post_code=target.code, confirmed_at=clock.now(), account_id=viewer.account_id
            )
        )
        record(db, "post.confirmed", actor=_actor(viewer), post_code=target.code, named=code)
        db.flush()
        moved = _move(db, viewer, consignments_at(db, code), target.code, code)
        return Confirmed(code, target.name, moved)

    return await write(verb)


def stamp_of(post_alias: PostAlias) -> str:
    """What tells this word on a post from any other (models/kernel/stamps.py)."""
    return stamp(post_alias.name, post_alias.post_code, post_alias.confirmed_at)


async def unconfirm(viewer: Viewer, alias: str, shown: str | None = None) -> Confirmed | Refusal:
    """Take back what was said of a post: it is unknown again, and its open consignments wait for it again."""
    refusal = may_match(viewer)
    if refusal is not None:
        return refusal

    def verb(db: DbSession) -> Confirmed | Refusal:
        post_alias = db.get(PostAlias, alias)
        post = db.get(Post, alias)
        if post_alias is None or post is None:
            return _NOT_SAID
        against = changed(shown, stamp_of(post_alias))
        if against is not None:
            return against
        post.unknown_since = post.unknown_since or clock.now()
        db.add(post)
        db.delete(post_alias)
        record(db, "post.unknown", actor=_actor(viewer), post_code=alias, was=post_alias.post_code)
        db.flush()
        moved = _move(db, viewer, open_naming(db, alias), alias, None)
        return Confirmed(alias, post.name, moved)

    return await write(verb)


def _move(
    db: DbSession, viewer: Viewer, consignments: Sequence[Consignment], code: str, named: str | None
) -> int:
    """Bring these consignments to the post `code`, and tell the screens that see them, or saw them until now."""
    for consignment in consignments:
        before = seen_by(consignment)
        consignment.post_code, consignment.post_named = code, named
        db.add(consignment)
        source = Source(_actor(viewer), account_id=viewer.account_id)
        settle(db, consignment, [], "consignment.updated", source, before=before)
    return len(consignments)


def _actor(viewer: Viewer) -> str:
    return f"account:{viewer.account_id}"
