"""What an issuer publishes: its addresses and its public keys, kept for a while (OpenID Connect Discovery 1.0)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from app.oidc.failures import CoOwnerAway
from app.outbound import client
from models.kernel import clock

TIMEOUT = httpx.Timeout(5, connect=3)
"""Seconds: somebody waits in front of the page."""
_KEPT = timedelta(hours=1)
_ASK_AGAIN = timedelta(seconds=30)
"""For a key that is not known, ask for the keys again, but no more often than this."""


class Metadata(BaseModel):
    """The part of the discovery document that we need."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False


@dataclass(slots=True)
class _Known:
    metadata: Metadata
    keys: KeySet
    at: datetime


_known: dict[str, _Known] = {}


def forget() -> None:
    """Ask everybody again, between tests."""
    _known.clear()


async def metadata_of(issuer: str) -> Metadata:
    """What the issuer says of itself.

    Raises:
        CoOwnerAway: when it does not answer, or speaks for another.
    """
    return (await _look_up(issuer)).metadata


async def keys_of(issuer: str, kid: str) -> KeySet:
    """The issuer's public keys; asked for again when `kid` is not among those we know, for keys are renewed.

    Raises:
        CoOwnerAway: when it does not answer.
    """
    known = await _look_up(issuer)
    if kid not in {key.kid for key in known.keys.keys} and clock.now() - known.at > _ASK_AGAIN:
        _known.pop(issuer, None)
        known = await _look_up(issuer)
    return known.keys


async def _look_up(issuer: str) -> _Known:
    known = _known.get(issuer)
    if known is None or clock.now() - known.at > _KEPT:
        known = _known[issuer] = await _ask(issuer)
    return known


async def _ask(issuer: str) -> _Known:
    document = await _json(f"{issuer.rstrip('/')}/.well-known/openid-configuration", issuer)
    try:
        metadata = Metadata.model_validate(document)
    except ValidationError as error:
        raise CoOwnerAway(f"discovery document: {error.errors()[0]['loc']}") from None
    if metadata.issuer != issuer:
        raise CoOwnerAway("the discovery document speaks for another issuer")
    _refuse_unsafe(metadata, issuer)
    try:
        keys = KeySet.import_key_set(await _json(metadata.jwks_uri, issuer))
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise CoOwnerAway(f"keys: {type(error).__name__}") from None
    return _Known(metadata, keys, clock.now())


def _refuse_unsafe(metadata: Metadata, issuer: str) -> None:
    """No address may be less protected than the issuer's own, which the settings vouch for."""
    ends = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.userinfo_endpoint)
    for address in (*ends, metadata.jwks_uri):
        parts = urlsplit(address)
        if parts.scheme != "https" and parts[:2] != urlsplit(issuer)[:2]:
            raise CoOwnerAway("an address of the discovery document is not https://")


def host_of(address: str) -> str:
    """The host of an address that the settings name: it may be a machine inside, as no other may."""
    return str(urlsplit(address).hostname)


async def _json(address: str, issuer: str) -> Any:
    try:
        async with client([host_of(issuer)], timeout=TIMEOUT) as asking:
            answer = await asking.get(address, headers={"Accept": "application/json"})
            answer.raise_for_status()
            return answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise CoOwnerAway(f"{type(error).__name__} at {urlsplit(address).path}") from None
