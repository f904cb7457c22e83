"""The settings under which the portal and the provider of the demonstration find each other."""

import secrets

from models.kernel.co_owners import CoOwner

CLIENT_ID = "passavant"


def environment(port: int) -> dict[str, str]:
    """The environment variables for both; the provider will listen on that port.

    Its host is 127.0.0.1 where the portal's is localhost: two sites for a browser, as in earnest.
    """
    configuration: dict[str, str] = {}
    for co_owner in CoOwner:
        base, prefix = f"http://127.0.0.1:{port}/{co_owner.lower()}", f"PASSAVANT_{co_owner}"
        configuration |= {
            f"{prefix}_ISSUER": base,
            f"{prefix}_CLIENT_ID": CLIENT_ID,
            f"{prefix}_CLIENT_SECRET": secrets.token_urlsafe(24),
            f"{prefix}_SERVICES_URL": f"{base}/services",
            f"{prefix}_SITE_URL": f"{base}/",
        }
        if co_owner is CoOwner.DGDDI:
            configuration |= {
                f"{prefix}_SCIM_URL": f"{base}/scim/v2",
                f"{prefix}_SCIM_SECRET": secrets.token_urlsafe(24),
            }
    return configuration
