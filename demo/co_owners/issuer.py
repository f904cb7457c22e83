"""The addresses of one issuer: discovery, keys, authorization, token, userinfo, signing in and out."""

from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response

from demo.co_owners.grants import ALGORITHM, protector_for, server_for
from demo.co_owners.people import Person
from demo.co_owners.register import Register
from models.kernel.co_owners import CoOwner
from models.kernel.settings.co_owners import CoOwnerSettings

Answer = str | Response | tuple[Any, int]


def issuer(co_owner: CoOwner, register: Register, there: CoOwnerSettings, redirect_uri: str) -> Blueprint:
    """Everything under `/dgddi`, `/dgfip` or `/urssaf` that speaks OpenID Connect."""
    key = RSAKey.generate_key(2048)
    pages = Blueprint(co_owner.lower(), __name__, url_prefix=f"/{co_owner.lower()}")
    _publish(pages, there.issuer, key)
    _authorize(pages, co_owner, register, server_for(register, there, redirect_uri, key))
    _tell_about(pages, register, protector_for(register))
    _sign_in_and_out(pages, co_owner, register)
    return pages


def _publish(pages: Blueprint, issuer_: str, key: RSAKey) -> None:
    @pages.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        return jsonify(_document(issuer_))

    @pages.get("/jwks.json")
    def jwks() -> Response:
        public = key.as_dict(private=False)
        return jsonify({"keys": [{**public, "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}]})


def _authorize(pages: Blueprint, co_owner: CoOwner, register: Register, server: AuthorizationServer) -> None:
    @pages.route("/authorize", methods=["GET", "POST"])
    def authorize() -> Answer:
        person = signed_in(co_owner, register)
        try:
            grant = server.get_consent_grant(end_user=person)
        except OAuth2Error as error:
            return render_template("refused.html", why="Cette demande de Passavant est mal formée."), int(
                error.status_code
            )
        if person is None:
            return redirect(url_for(".sign_in", next=request.full_path))
        if request.method == "GET" and person.subject not in register.agreed:
            return render_template("consent.html", person=person)
        if request.method == "POST" and request.form.get("accord") != "oui":
            return answer(server.create_authorization_response(grant_user=None, grant=grant))
        register.agreed.add(person.subject)
        return answer(server.create_authorization_response(grant_user=person, grant=grant))

    @pages.post("/token")
    def token() -> Response:
        return answer(server.create_token_response())


def _tell_about(pages: Blueprint, register: Register, protector: ResourceProtector) -> None:
    @pages.get("/userinfo")
    @protector("openid habilitations")
    def userinfo() -> Response:
        person = register.people[protector.acquire_token().subject]
        return jsonify(sub=person.subject, name=person.name, habilitations=person.habilitations)


def _sign_in_and_out(pages: Blueprint, co_owner: CoOwner, register: Register) -> None:
    @pages.route("/connexion", methods=["GET", "POST"])
    def sign_in() -> Answer:
        home, following = url_for(".home"), request.values.get("next", "")
        if not following.startswith(home) or "\\" in following:
            following = home
        if request.method == "GET":
            return render_template("sign_in.html", following=following, wrong=False)
        person = register.signs_in(request.form.get("identifiant", ""), request.form.get("mot-de-passe", ""))
        if person is None:
            return render_template("sign_in.html", following=following, wrong=True), 403
        session[co_owner] = person.subject
        return redirect(following, 303)

    @pages.post("/deconnexion")
    def sign_out() -> Response:
        session.pop(co_owner, None)
        return redirect(url_for(".home"), 303)


def signed_in(co_owner: CoOwner, register: Register) -> Person | None:
    """Who is signed in at that co-owner, in this browser."""
    return register.people.get(session.get(co_owner, ""))


def answer(made: Any) -> Response:
    """What Authlib made, which is a response of Flask."""
    assert isinstance(made, Response)  # noqa: S101 - for the types: Authlib has none
    return made


def _document(issuer_: str) -> dict[str, Any]:
    return {
        "issuer": issuer_,
        "authorization_endpoint": f"{issuer_}/authorize",
        "token_endpoint": f"{issuer_}/token",
        "userinfo_endpoint": f"{issuer_}/userinfo",
        "jwks_uri": f"{issuer_}/jwks.json",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "scopes_supported": ["openid", "habilitations"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "authorization_response_iss_parameter_supported": True,
    }
