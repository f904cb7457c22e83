"""What the posts of the demonstration offer: invented hours, bays and lengths, set once and then left to officers."""

import secrets
from typing import NamedTuple

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import clock
from models.journal.actions import record
from models.posts.tables import Bay, ControlLength, PostHours, PostTerms
from models.posts.vocabulary import Control, Goods, Service

_WEEK, _SATURDAY, _SUNDAY = range(5), (5,), (6,)
_BOTH, _IDENTITY = "identity physical", "identity"


class _Place(NamedTuple):
    department: str
    phone: str
    inspectors: tuple[int, int, int]
    """Of each service, in the order of Service."""
    bays: tuple[tuple[str, str, tuple[Goods, ...]], ...]
    all_week: bool = False
    """Whether it works on Saturdays, Sundays and holidays too."""
    four_hours: bool = False
    confirms_itself: bool = True


_ANY = (Goods.DRY, Goods.PLANTS)
_PLACES = {
    "FRLEH1": _Place(
        "76",
        "02 35 00 00 10",
        (2, 2, 1),
        (
            ("Quai 1", _BOTH, _ANY),
            ("Quai 2", _BOTH, _ANY),
            ("Quai 3 (froid)", _BOTH, (*_ANY, Goods.COLD)),
            ("Quai 4 (froid)", _BOTH, (Goods.COLD,)),
            ("Box animaux", _BOTH, (Goods.LIVE_ANIMALS,)),
        ),
    ),
    "FRCDG4": _Place(
        "95",
        "01 48 00 00 10",
        (3, 2, 1),
        (
            ("Porte A", _BOTH, (*_ANY, Goods.COLD)),
            ("Porte B", _BOTH, (*_ANY, Goods.COLD)),
            ("Station animalière", _BOTH, (Goods.LIVE_ANIMALS,)),
        ),
        all_week=True,
        four_hours=True,
    ),
    "FRMRS1": _Place(
        "13",
        "04 91 00 00 10",
        (1, 2, 1),
        (("Quai est", _BOTH, _ANY), ("Quai ouest", _BOTH, (*_ANY, Goods.COLD))),
        confirms_itself=False,
    ),
    "FRFOS1": _Place("13", "04 42 00 00 10", (1, 1, 1), (("Quai unique", _BOTH, (*_ANY, Goods.COLD)),)),
    "FRDKK1": _Place(
        "59",
        "03 28 00 00 10",
        (1, 1, 1),
        (("Quai A", _BOTH, (*_ANY, Goods.COLD)), ("Scellés", _IDENTITY, (*_ANY, Goods.COLD))),
    ),
}
_HALF_DAYS = ((8 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60))
_LONG_DAY = ((6 * 60, 22 * 60),)
_LENGTHS = (
    (Control.IDENTITY, "", 30, 15),
    (Control.PHYSICAL, "", 45, 30),
    (Control.PHYSICAL, Goods.COLD, 60, 30),
    (Control.PHYSICAL, Goods.LIVE_ANIMALS, 90, 30),
    (Control.BOTH, "", 60, 30),
    (Control.BOTH, Goods.COLD, 75, 30),
    (Control.BOTH, Goods.LIVE_ANIMALS, 105, 30),
)


async def ensure_offers(db: AsyncSession) -> None:
    """Give an offer to each post of the demonstration that has none, in the caller's transaction."""
    known = set(await db.exec(select(PostTerms.post_code)))
    for code, place in _PLACES.items():
        if code not in known:
            _add(db, code, place)
            record(db, "post.offer_changed", post_code=code)


def _add(db: AsyncSession, code: str, place: _Place) -> None:
    db.add(
        PostTerms(
            post_code=code,
            department=place.department,
            four_hours=place.four_hours,
            wood_days=2,
            booking_notice=60,
            change_notice=120,
            confirms_itself=place.confirms_itself,
            phone=place.phone,
            changed_at=clock.now(),
            stamp=secrets.token_hex(8),
        )
    )
    for position, (name, controls, goods) in enumerate(place.bays):
        db.add(
            Bay(
                post_code=code, name=name, position=position, controls=controls, goods=" ".join(sorted(goods))
            )
        )
    for control, goods_, first, more in _LENGTHS:
        db.add(ControlLength(post_code=code, control=control, goods=goods_, first=first, more=more))
    for service, inspectors in zip(Service, place.inspectors, strict=True):
        _add_hours(db, code, place, service, inspectors)


def _add_hours(db: AsyncSession, code: str, place: _Place, service: Service, inspectors: int) -> None:
    days = (*_WEEK, *_SATURDAY, *_SUNDAY) if place.all_week else (*_WEEK,)
    for weekday in days:
        for opens, closes in _LONG_DAY if place.all_week else _HALF_DAYS:
            db.add(
                PostHours(
                    post_code=code,
                    service=service,
                    weekday=weekday,
                    opens=opens,
                    closes=closes,
                    inspectors=1 if weekday in (*_SATURDAY, *_SUNDAY) else inspectors,
                    on_holidays=place.all_week,
                )
            )
