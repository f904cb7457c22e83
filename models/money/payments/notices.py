"""The password printed on a payment notice: kept as a keyed hash, since it is short (PPR-31)."""

import hashlib
import hmac

from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings


def notice_hash(co_owner: CoOwner, reference: str, password: str) -> str:
    """What is kept instead of the password; the same password on two notices leaves two hashes.

    Fast, unlike a person's password: thousands come at once, and the key alone protects what is this short.
    """
    secret = settings().signing_key().encode()
    message = f"payment notice\n{co_owner}\n{reference}\n{password}"
    return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()
