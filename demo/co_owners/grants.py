"""The OpenID provider proper, on Authlib: code with PKCE, ID token, bearer tokens, issuer named (RFC 9207)."""

from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207.parameter import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey

from demo.co_owners.register import Code, Register, Token
from models.kernel import clock
from models.kernel.settings.co_owners import CoOwnerSettings

ALGORITHM = "RS256"
_ID_TOKEN_LIFE = 300
_TOKEN_LIFE = 600
"""Seconds."""


class Portal(ClientMixin):
    """The only client: the portal, as the settings describe it."""

    def __init__(self, there: CoOwnerSettings, redirect_uri: str) -> None:
        self._there, self._redirect_uri = there, redirect_uri
        self.id_token_signed_response_alg = ALGORITHM

    def get_client_id(self) -> str:
        """For Authlib."""
        return self._there.client_id

    def get_default_redirect_uri(self) -> str:
        """For Authlib."""
        return self._redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        """For Authlib."""
        return " ".join(word for word in scope.split() if word in ("openid", "habilitations"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """For Authlib."""
        return redirect_uri == self._redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        """For Authlib."""
        return client_secret == self._there.client_secret.get_secret_value()

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        """For Authlib."""
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        """For Authlib."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """For Authlib."""
        return grant_type == "authorization_code"


def server_for(
    register: Register, there: CoOwnerSettings, redirect_uri: str, key: RSAKey
) -> AuthorizationServer:
    """The authorization server of one co-owner."""
    portal = Portal(there, redirect_uri)

    def save(token: dict[str, Any], request: Any) -> None:
        until = clock.now().timestamp() + _TOKEN_LIFE
        register.tokens[token["access_token"]] = Token(request.user.subject, token["scope"], until)

    def find(client_id: str) -> Portal | None:
        return portal if client_id == there.client_id else None

    server = AuthorizationServer(query_client=find, save_token=save)
    server.load_config({"OAUTH2_TOKEN_EXPIRES_IN": {"authorization_code": _TOKEN_LIFE}})
    pkce, openid = CodeChallenge(required=True), _openid(there, key)
    server.register_grant(_code_grant(register), [pkce, openid])
    server.register_extension(_issuer(there.issuer))
    return server


def protector_for(register: Register) -> ResourceProtector:
    """What guards userinfo."""

    class Validator(BearerTokenValidator):
        def authenticate_token(self, token_string: str) -> Token | None:
            return register.tokens.get(token_string)

    protector = ResourceProtector()
    protector.register_token_validator(Validator())
    return protector


def _code_grant(register: Register) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            challenge, method = data.get("code_challenge"), data.get("code_challenge_method")
            to = request.payload.redirect_uri
            register.codes[code] = Code(
                code, request.user.subject, to, request.scope, data.get("nonce"), challenge, method
            )

        def query_authorization_code(self, code: str, _client: Any) -> Code | None:
            grant_code = register.codes.get(code)
            return grant_code if grant_code and not grant_code.is_old() else None

        def delete_authorization_code(self, authorization_code: Code) -> None:
            register.codes.pop(authorization_code.code, None)

        def authenticate_user(self, authorization_code: Code) -> Any:
            return register.people.get(authorization_code.subject)

    return Grant


def _openid(there: CoOwnerSettings, key: RSAKey) -> OpenIDCode:
    class OpenID(OpenIDCode):
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False  # the code is good once, and the portal draws its nonces

        def resolve_client_private_key(self, _client: Any) -> RSAKey:
            return key

        def get_client_claims(self, _client: Any) -> dict[str, Any]:
            return {
                "iss": there.issuer,
                "aud": there.client_id,
                "iat": int(clock.now().timestamp()),
                "exp": int(clock.now().timestamp()) + _ID_TOKEN_LIFE,
            }

        def get_encode_header(self, _client: Any) -> dict[str, str]:
            return {"alg": ALGORITHM, "kid": key.thumbprint()}

        def generate_user_info(self, user: Any, _scope: str) -> UserInfo:
            return UserInfo(sub=user.subject)

    return OpenID(require_nonce=True)


def _issuer(issuer: str) -> IssuerParameter:
    class Named(IssuerParameter):
        def get_issuer(self) -> str:
            return issuer

    return Named()
