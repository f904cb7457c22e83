"""Setting what a post offers: shown before it is made, with what it does to appointments, then made whole (SES-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.identity.accounts.viewer import Viewer
from models.journal.record import record_at_once
from models.kernel import clock
from models.kernel.database import DbSession
from models.kernel.refusal import Refusal
from models.posts.queries import every_post, post_of
from models.posts.tables import Post
from models.scheduling.appointments.expiry import lapse
from models.scheduling.appointments.lifecycle import unless
from models.scheduling.appointments.policy import Asker, may_run_at, sees_post
from models.scheduling.appointments.waiting_list import offer_freed
from models.scheduling.capacity.changes import Edited, Section, blank
from models.scheduling.capacity.faults import problems
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from models.scheduling.capacity.queries import stamp_of
from models.scheduling.capacity.storage import store
from models.scheduling.revision.rearrangement import Choice, Hit, hit_now, hits_of, resettle

GONE = Refusal("Ce poste n’existe pas ou n’est pas de votre ressort.")
CHANGED_MEANWHILE = Refusal(
    "Quelqu’un de votre poste vient de changer l’offre. Vos modifications sont gardées\u00a0: reprenez-les sur "
    "la nouvelle offre, puis regardez de nouveau leur effet."
)
NOTHING_CHANGED = Refusal("Rien n’a changé\u00a0: il n’y a rien à enregistrer.")


@dataclass(frozen=True, slots=True)
class Effect:
    """What an edited offer would do to what is booked."""

    hits: tuple[Hit, ...]
    """Each must be moved or cancelled."""
    proposals: int
    """How many other times that were proposed would be withdrawn; the appointments stay as they are."""


@dataclass(frozen=True, slots=True)
class Unhandled:
    """The change was not made: these appointments are hit now, and not all of them have their choice."""

    effect: Effect
    reason: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The change was made."""

    edited: Edited
    """What the next edit starts from."""
    moved: int
    cancelled: int


def edit(db: DbSession, viewer: Viewer, post_code: str) -> Edited | Refusal:
    """What the post offers now, to be edited; who may only see the post may read it too."""
    if not sees_post(viewer, post_code):
        return GONE
    return _present(db, post_code)


def posts_of(db: DbSession, viewer: Viewer) -> list[Post]:
    """The posts whose offer this person may read, by name."""
    return [post for post in every_post(db) if sees_post(viewer, post.code)]


def _present(db: DbSession, post_code: str) -> Edited | Refusal:
    post = post_of(db, post_code)
    if post is None:
        return GONE
    offer = offer_of(db, post_code) or blank(post.code, post.name, post.timezone)
    return Edited(offer, stamp_of(db, post_code), offer)


def effect(db: DbSession, viewer: Viewer, offer: Offer) -> Effect | Refusal:
    """What that edited offer would do to appointments, before anything is done."""
    refusal = may_run_at(viewer, offer.post_code)
    return refusal if refusal is not None else _effect(db, offer)


def _effect(db: DbSession, offer: Offer) -> Effect:
    hits, offer_found = hits_of(db, offer)
    return Effect(tuple(offer_found), len(hits.proposals))


async def save(
    asker: Asker, edited: Edited, choices: Mapping[str, Choice] | None = None, *, text: str = ""
) -> Saved | Unhandled | Refusal:
    """Make the change, and do with each appointment that it hits what was chosen, all in one transaction.

    `choices`: by reference. The cut-off that binds either side (SES-11) does not bind here: the post cannot inspect
    where it is closed. `text`: what operators read beside the reason.
    """
    wrong = problems(edited.offer)
    refusal = may_run_at(asker.viewer, edited.offer.post_code)
    if refusal is None and wrong:
        refusal = Refusal(wrong[0].sentence)
    if refusal is None and not edited.changed:
        refusal = NOTHING_CHANGED

    def verb(db: DbSession) -> Saved | Unhandled | Refusal:
        if stamp_of(db, edited.offer.post_code) != edited.stamp:
            return CHANGED_MEANWHILE
        lapse(db, edited.offer.post_code, clock.now())
        return _save(db, asker, edited, choices or {}, text)

    return await unless(refusal, verb)


def _save(
    db: DbSession, asker: Asker, edited: Edited, choices: Mapping[str, Choice], text: str
) -> Saved | Unhandled | Refusal:
    hits, rows = hit_now(db, edited.offer)
    named = {key: rows[key].reference for key in hits.appointments}
    if not choices.keys() >= set(named.values()):
        why = "Dites pour chaque rendez-vous touché s’il est déplacé ou annulé."
        return Unhandled(_effect(db, edited.offer), why)
    chosen = {key: choices[reference] for key, reference in named.items()}
    post_code, within = edited.offer.post_code, db.begin_nested()
    store(db, edited.base, edited.offer)
    now = _present(db, post_code)
    if isinstance(now, Refusal):
        return now
    missed = resettle(db, asker, now.offer, hits, rows, chosen, text)
    if missed:
        within.rollback()
        return Unhandled(_effect(db, edited.offer), _taken(missed))
    within.commit()
    cancelled = sum(choice.move_to is None for choice in chosen.values())
    _journal(db, asker, edited.changed, post_code, len(chosen) - cancelled, cancelled)
    offer_freed(db, post_code)
    return Saved(now, len(chosen) - cancelled, cancelled)


def _taken(missed: list[str]) -> str:
    several = "Le créneau choisi pour" if len(missed) == 1 else "Les créneaux choisis pour"
    tail = "n’est plus libre" if len(missed) == 1 else "ne sont plus libres"
    return f"{several} {', '.join(missed[:5])} {tail}\u00a0: rien n’a changé, choisissez de nouveau."


def _journal(
    db: DbSession, asker: Asker, sections: tuple[Section, ...], post_code: str, moved: int, cancelled: int
) -> None:
    counts: dict[str, Any] = {"moved": moved, "cancelled": cancelled}
    record_at_once(
        db,
        "post.offer_changed",
        actor=asker.actor,
        post_code=post_code,
        sections=[str(section) for section in sections],
        **{name: number for name, number in counts.items() if number},
    )
