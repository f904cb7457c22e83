"""What the posts of the demonstration offer: invented hours, addresses, bays and lengths, as values. Pure."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from models.scheduling.capacity.offer import BayOffer, Hours, Length, Offer
from models.scheduling.capacity.vocabulary import Control, Goods, Service

_WEEK, _SATURDAY, _SUNDAY = range(5), (5,), (6,)
_BOTH, _IDENTITY = frozenset({"identity", "physical"}), frozenset({"identity"})


class _Place(NamedTuple):
    department: str
    phone: str
    address: str
    inspectors: tuple[int, int, int]
    """Of each service, in the order of Service."""
    bays: tuple[tuple[str, frozenset[str], tuple[Goods, ...]], ...]
    all_week: bool = False
    """Whether it works on Saturdays, Sundays and holidays too."""
    four_hours: bool = False
    confirms_itself: bool = True


_ANY = (Goods.DRY, Goods.PLANTS)
_PLACES = {
    "FRLEH1": _Place(
        "76",
        "02 35 00 00 10",
        "Bâtiment du SIVEP, zone portuaire, 76600 Le Havre",
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
        "Station animalière, zone de fret, 95700 Roissy-en-France",
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
        "Poste de contrôle, bassins est, 13002 Marseille",
        (1, 2, 1),
        (("Quai est", _BOTH, _ANY), ("Quai ouest", _BOTH, (*_ANY, Goods.COLD))),
        confirms_itself=False,
    ),
    "FRFOS1": _Place(
        "13",
        "04 42 00 00 10",
        "Poste de contrôle, terminaux ouest, 13270 Fos-sur-Mer",
        (1, 1, 1),
        (("Quai unique", _BOTH, (*_ANY, Goods.COLD)),),
    ),
    "FRDKK1": _Place(
        "59",
        "03 28 00 00 10",
        "Poste de contrôle, port ouest, 59279 Loon-Plage",
        (1, 1, 1),
        (("Quai A", _BOTH, (*_ANY, Goods.COLD)), ("Scellés", _IDENTITY, (*_ANY, Goods.COLD))),
    ),
}
_HALF_DAYS = ((8 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60))
_LONG_DAY = ((6 * 60, 22 * 60),)
_LENGTHS = (
    Length(Control.IDENTITY, "", 30, 15),
    Length(Control.PHYSICAL, "", 45, 30),
    Length(Control.PHYSICAL, Goods.COLD, 60, 30),
    Length(Control.PHYSICAL, Goods.LIVE_ANIMALS, 90, 30),
    Length(Control.BOTH, "", 60, 30),
    Length(Control.BOTH, Goods.COLD, 75, 30),
    Length(Control.BOTH, Goods.LIVE_ANIMALS, 105, 30),
)


def _offer(code: str, place: _Place) -> Offer:
    return Offer(
        code,
        department=place.department,
        phone=place.phone,
        address=place.address,
        four_hours=place.four_hours,
        wood_days=2,
        booking_notice=timedelta(minutes=60),
        change_notice=timedelta(minutes=120),
        confirms_itself=place.confirms_itself,
        hours=tuple(_hours(place)),
        bays=tuple(
            BayOffer(position, name, controls, frozenset(goods))
            for position, (name, controls, goods) in enumerate(place.bays)
        ),
        lengths=_LENGTHS,
    )


def _hours(place: _Place) -> Iterator[Hours]:
    days = (*_WEEK, *_SATURDAY, *_SUNDAY) if place.all_week else (*_WEEK,)
    for service, inspectors in zip(Service, place.inspectors, strict=True):
        for weekday in days:
            present = 1 if weekday in (*_SATURDAY, *_SUNDAY) else inspectors
            for opens, closes in _LONG_DAY if place.all_week else _HALF_DAYS:
                yield Hours(service, weekday, opens, closes, present, on_holidays=place.all_week)


OFFERS: Mapping[str, Offer] = {code: _offer(code, place) for code, place in _PLACES.items()}
"""By the code of the post. The key of a bay is its position: the database gives it another."""
