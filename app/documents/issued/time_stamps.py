"""The way to the time-stamping authority of issued documents (PASSAVANT_TIMESTAMP_URL)."""

from functools import partial

from app.anchoring.authority import ask
from models.casework.issued.sealed import Ask
from models.kernel.settings.portal import settings


def way() -> Ask | None:
    """How to ask it; None when none is set."""
    url = settings().timestamp_url
    return partial(ask, url=url) if url else None
