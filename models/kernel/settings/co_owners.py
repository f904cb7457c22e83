"""How one co-owner is reached: its issuer, its tele-services, its accounts. All optional."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class CoOwnerSettings(BaseModel):
    """PASSAVANT_DGDDI_*, PASSAVANT_DGFIP_*, PASSAVANT_URSSAF_*: what the portal knows of a co-owner (PPR-04)."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    issuer: str = ""
    """The address of the co-owner's OpenID provider; without it no account can be linked. The redirect URI to declare there is
    `{public url}/rattachement/{CO-OWNER}/retour`."""
    client_id: str = ""
    """What the provider knows the portal by."""
    client_secret: SecretStr = SecretStr("")
    """What the portal proves itself with to the provider."""
    services_url: str = ""
    """Where the co-owner's tele-services are, each under its own code (`…/CIEL`); without it none opens. They verify the portal's
    assertions with `/.well-known/jwks.json`."""
    site_url: str = ""
    """Where a habilitation is asked for (PPR-08); without it, on the co-owner's public site."""
    scim_url: str = ""
    """The co-owner's SCIM 2.0 service, before `/Users`, to open accounts from the portal (PPR-06); without it there is no button."""
    scim_secret: SecretStr = SecretStr("")
    """The bearer secret of that SCIM service."""

    @field_validator("issuer", "services_url", "site_url", "scim_url")
    @classmethod
    def _safe_address(cls, url: str) -> str:
        if not url:
            return url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("expected a whole address, such as https://…")
        if parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
            raise ValueError("expected https://: codes and secrets go there")
        if parts.query or parts.fragment or parts.username:
            raise ValueError("expected an address without ?, # or a name")
        return url

    @field_validator("services_url", "scim_url")
    @classmethod
    def _no_last_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @model_validator(mode="after")
    def _whole(self) -> "CoOwnerSettings":
        if self.issuer and not (self.client_id and self.client_secret.get_secret_value()):
            raise ValueError("_ISSUER is set: set _CLIENT_ID and _CLIENT_SECRET too")
        if bool(self.scim_url) != bool(self.scim_secret.get_secret_value()):
            raise ValueError("set _SCIM_URL and _SCIM_SECRET together")
        return self
