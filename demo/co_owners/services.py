"""The tele-services that a co-owner of the demonstration plays: who comes with the portal's assertion is let in."""

from collections.abc import Callable
from typing import Any

import httpx
from flask import Blueprint, render_template, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from demo.co_owners.register import Register
from models.identity.habilitations.policy import TELE_SERVICES
from models.identity.habilitations.words import RIGHTS
from models.kernel import clock
from models.kernel.co_owners import CoOwner
from models.kernel.french import grouped
from models.kernel.settings.portal import settings

NAMES = {
    "DELTA_G": "DELTA G",
    "ISOPE_DOM": "ISOPE-DOM",
    "TELEPAIEMENT_SEPA": "Télépaiement SEPA",
    "TELEPAIEMENT_CARTE": "Télépaiement par carte",
    "PAIEMENT": "Paiement",
    "DECLARATION": "Déclaration",
}


class NotLetIn(Exception):
    """The assertion is worth nothing here, or nothing any more."""


def portal_keys() -> dict[str, Any]:
    """The portal's public keys, asked for each time: this is a demonstration."""
    keys: dict[str, Any] = httpx.get(f"{settings().public_url}/.well-known/jwks.json", timeout=5).json()
    return keys


def tele_services(
    co_owner: CoOwner, register: Register, keys: Callable[[], dict[str, Any]] = portal_keys
) -> Blueprint:
    """`/services/{service}?assertion=…` of one co-owner."""
    pages = Blueprint(f"{co_owner.lower()}_services", __name__, url_prefix=f"/{co_owner.lower()}/services")

    @pages.get("/<service>")
    def enter(service: str) -> str | tuple[str, int]:
        if service not in TELE_SERVICES[co_owner]:
            return render_template("refused.html", why="Ce téléservice n’existe pas."), 404
        try:
            audience = f"{co_owner}/{service}"
            claims = admit(request.args.get("assertion", ""), audience, register, keys)
        except (NotLetIn, httpx.HTTPError):
            why = "Cette entrée a déjà servi, ou n’est plus valable. Repassez par Passavant."
            return render_template("refused.html", why=why), 403
        person = register.people.get(claims["sub"])
        return render_template(
            "service.html",
            service=NAMES.get(service, service),
            name=person.name if person else claims["sub"],
            siren=grouped(claims["siren"]),
            rights=", ".join(RIGHTS.get(word, word) for word in claims["right"].split()),
            about=claims.get("objet", ""),
        )

    return pages


def admit(
    assertion: str, audience: str, register: Register, keys: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The claims of an assertion that the portal signed for this service, less than a minute ago, used once.

    Raises:
        NotLetIn: for any other.
    """
    wanted = {name: {"essential": True} for name in ("exp", "jti", "sub", "siren", "right")}
    registry = jwt.JWTClaimsRegistry(
        now=lambda: int(clock.now().timestamp()),
        iss={"essential": True, "value": settings().public_url},
        aud={"essential": True, "value": audience},
        **wanted,  # type: ignore[arg-type]
    )
    try:
        signed = jwt.decode(assertion, KeySet.import_key_set(keys()), algorithms=["ES256"])  # type: ignore[arg-type]
        registry.validate(signed.claims)
    except (JoseError, ValueError) as error:
        raise NotLetIn(type(error).__name__) from None
    if signed.claims["jti"] in register.used:
        raise NotLetIn("used")
    register.used.add(signed.claims["jti"])
    return signed.claims
