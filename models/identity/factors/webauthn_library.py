"""What py_webauthn does for us: it is imported at its first use, as that takes a second (models/identity/factors/passkeys.py)."""

from collections.abc import Sequence
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_attestation_object
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AttestationFormat,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from models.identity.factors.passkeys import NAME, Answer, NewKey, handle_of, host_of
from models.kernel.settings.portal import settings

_TIMEOUT = 120_000
_FORMATS = (AttestationFormat.NONE, AttestationFormat.PACKED)
_BROKEN = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the library raises for an answer that no browser gives."""


def to_create(account_id: int, email: str, name: str, challenge: str, known: Sequence[str]) -> str:
    """What to hand to navigator.credentials.create(), as JSON; `known` are the credentials that exist already."""
    options = generate_registration_options(
        rp_id=host_of(),
        rp_name=NAME,
        user_id=handle_of(account_id),
        user_name=email,
        user_display_name=name,
        challenge=base64url_to_bytes(challenge),
        timeout=_TIMEOUT,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json(options)


def to_get(challenge: str, known: Sequence[str]) -> str:
    """What to hand to navigator.credentials.get(), as JSON."""
    options = generate_authentication_options(
        rp_id=host_of(),
        challenge=base64url_to_bytes(challenge),
        timeout=_TIMEOUT,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def created(answer: Answer, challenge: str) -> NewKey | None:
    """The passkey that the answer brings; None when it is not one made here, now, for this challenge."""
    try:
        if not _plain(answer.get("attestationObject", "")):
            return None
        proven = verify_registration_response(
            credential=_credential(answer, "clientDataJSON", "attestationObject"),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=host_of(),
            expected_origin=list(settings().origins),
        )
    except _BROKEN:
        return None
    credential_id = bytes_to_base64url(proven.credential_id)
    if credential_id != answer.get("id"):  # the library compares it with nothing
        return None
    return NewKey(credential_id, bytes_to_base64url(proven.credential_public_key), proven.sign_count)


def signed(answer: Answer, challenge: str, public_key: str, sign_count: int) -> int | None:
    """How often the passkey signed by now; None when the answer is not its signature of this challenge.

    A key that counts and counts less than before was copied: its answer is refused.
    """
    try:
        proven = verify_authentication_response(
            credential=_credential(answer, "clientDataJSON", "authenticatorData", "signature"),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=host_of(),
            expected_origin=list(settings().origins),
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
        )
    except _BROKEN:
        return None
    return proven.new_sign_count


def _plain(attestation: str) -> bool:
    """Whether it is without certificates: none were asked for, and none of a stranger's are read."""
    attestation_object = parse_attestation_object(base64url_to_bytes(attestation))
    return attestation_object.fmt in _FORMATS and not attestation_object.att_stmt.x5c


def _credential(answer: Answer, *names: str) -> dict[str, Any]:
    response = {name: answer.get(name, "") for name in names}
    return {
        "id": answer.get("id", ""),
        "rawId": answer.get("id", ""),
        "type": "public-key",
        "response": response,
    }


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential_id)) for credential_id in known]
