"""What letters are made of: their parts, and the sentences that several share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.identity.accounts.links import LIFE, Purpose
from models.kernel.french import duration
from models.kernel.settings.portal import settings

Details = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, before it is put into a form."""

    subject: str
    before: tuple[str, ...]
    """Paragraphs."""
    button: str = ""
    address: str = ""
    """Where the button leads."""
    after: tuple[str, ...] = ()
    unsubscribe: str = ""
    """Where mail programs post that no more such letters are wanted (RFC 8058); empty where they must come."""


def good_once(purpose: Purpose) -> str:
    """For how long a link of that purpose holds."""
    return f"Ce lien sert une seule fois, pendant {duration(LIFE[purpose])}."


def page(path: str) -> str:
    """The whole address of a page of ours."""
    return settings().public_url + path
