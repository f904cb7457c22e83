"""What is planned for a post of the demonstration is what the database then offers there."""

from dataclasses import replace

import pytest

from demo.commands.offers import ensure_offers
from demo.simulation.offers import OFFERS
from models.kernel.database import read
from models.posts.catalogue import ensure_posts
from models.scheduling.capacity.offer import Offer
from models.scheduling.capacity.offers import offer_of
from tests.support.databases import transaction


def _plain(offer: Offer) -> tuple[object, ...]:
    """Without what only the database knows: its keys, the name of the post; in no order."""
    bays = [(one.name, one.controls, one.goods) for one in offer.bays]
    said = replace(offer, bays=(), hours=(), lengths=(), post_name="")
    values = tuple(getattr(said, name) for name in Offer.__slots__)
    return values, bays, set(offer.hours), set(offer.lengths)


@pytest.mark.usefixtures("database")
async def test_what_is_written_is_what_is_planned_with() -> None:
    async with transaction() as db:
        ensure_posts(db)
        db.flush()
        ensure_offers(db)
    for code, planned in OFFERS.items():
        written = await read(lambda db, code=code: offer_of(db, code))  # type: ignore[misc]
        assert written is not None
        assert _plain(written) == _plain(planned)
