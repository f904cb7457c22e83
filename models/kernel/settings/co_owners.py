"""How one co-owner is reached: its issuer, its tele-services, its accounts. All optional."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class CoOwnerSettings(BaseModel):
    """PASSAVANT_DGDDI_*, PASSAVANT_DGFIP_*, PASSAVANT_URSSAF_*: what the portal knows of a co-owner (PPR-04)."""

    model_config = ConfigDict(extra="forbid")

    issuer: str = ""
    """Of its OpenID provider; without it no account can be linked."""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    services_url: str = ""
    """Where its tele-services are: each under its own code, such as `…/CIEL`."""
    site_url: str = ""
    """Where a habilitation is asked for (PPR-08)."""
    scim_url: str = ""
    """Its SCIM 2.0 service, before `/Users`: where an account is opened from the portal (PPR-06)."""
    scim_secret: SecretStr = SecretStr("")

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
