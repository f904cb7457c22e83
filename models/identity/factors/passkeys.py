"""Passkeys (WebAuthn), with py_webauthn: what a browser is asked, and what its answer proves. Pure.

No attestation is asked: which device made the key does not matter. The person is verified by it (PIN, finger) where it
can; the password was given before.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from ipaddress import ip_address
from urllib.parse import urlsplit

from models.kernel.settings.portal import settings

NAME = "Passavant"
Answer = dict[str, str]
"""The fields of the form: base64url, by the names of WebAuthn."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A passkey that proved that it exists."""

    credential_id: str
    public_key: str
    sign_count: int


async def ready() -> None:
    """Have the library there, before a transaction that needs it: nobody else waits meanwhile."""
    await asyncio.to_thread(import_module, "models.identity.factors.webauthn_library")


def is_offered() -> bool:
    """Whether browsers have passkeys for this portal: HTTPS or this very machine, and a name rather than a number."""
    host = host_of()
    try:
        ip_address(host)
    except ValueError:
        return settings().secure_cookies or host == "localhost"
    return False


def host_of() -> str:
    """The relying party: the host of the public address."""
    return str(urlsplit(settings().public_url).hostname)


def to_create(account_id: int, email: str, name: str, challenge: str, known: Sequence[str]) -> str:
    """What to hand to navigator.credentials.create(), as JSON; `known` are the credentials that exist already."""
    from models.identity.factors import webauthn_library

    return webauthn_library.to_create(account_id, email, name, challenge, known)


def to_get(challenge: str, known: Sequence[str]) -> str:
    """What to hand to navigator.credentials.get(), as JSON."""
    from models.identity.factors import webauthn_library

    return webauthn_library.to_get(challenge, known)


def created(answer: Answer, challenge: str) -> NewKey | None:
    """The passkey that the answer brings; None when it is not one made here, now, for this challenge."""
    from models.identity.factors import webauthn_library

    return webauthn_library.created(answer, challenge)


def signed(answer: Answer, challenge: str, public_key: str, sign_count: int) -> int | None:
    """How often the passkey signed by now; None when the answer is not its signature of this challenge.

    A key that counts and counts less than before was copied: its answer is refused.
    """
    from models.identity.factors import webauthn_library

    return webauthn_library.signed(answer, challenge, public_key, sign_count)


def handle_of(account_id: int) -> bytes:
    """What a passkey knows of whose it is: nothing that says who."""
    message = f"passkey holder\n{account_id}".encode()
    return hmac.new(settings().signing_key().encode(), message, hashlib.sha256).digest()
