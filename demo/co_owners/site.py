"""The provider of the demonstration: three co-owners in one Flask application. It reads the portal's settings."""

import secrets

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from demo.co_owners.issuer import issuer, signed_in
from demo.co_owners.register import Register
from demo.co_owners.scim import accounts
from demo.co_owners.services import tele_services
from models.identity.accounts.rules import unmet_password_rules
from models.identity.habilitations.words import RIGHTS, SERVICES
from models.kernel.co_owners import CoOwner
from models.kernel.settings.portal import settings

NAMES = {CoOwner.DGDDI: "Douane", CoOwner.DGFIP: "Impôts", CoOwner.URSSAF: "Urssaf"}


def site() -> Flask:
    """The whole application."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=secrets.token_urlsafe(32),
        SESSION_COOKIE_NAME="co_owners",
        SESSION_COOKIE_SAMESITE="Lax",
    )
    for co_owner in CoOwner:
        register, there = Register(co_owner), settings().co_owner(co_owner)
        back = f"{settings().public_url}/rattachement/{co_owner}/retour"
        pages = issuer(co_owner, register, there, back)
        _add_home(pages, co_owner, register)
        app.register_blueprint(pages)
        app.register_blueprint(tele_services(co_owner, register))
        if there.scim_url:
            app.register_blueprint(accounts(co_owner, register, there))

    @app.context_processor
    def names() -> dict[str, str]:
        code = request.path.strip("/").partition("/")[0].upper()
        named = {co_owner.value: name for co_owner, name in NAMES.items()}
        return {"co_owner": named.get(code, ""), "portal": settings().public_url}

    @app.after_request
    def keep_nothing(answer: Response) -> Response:
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return app


def _add_home(pages: Blueprint, co_owner: CoOwner, register: Register) -> None:
    """Where a habilitation would be asked for, and where the holder changes the password (PPR-06, PPR-08)."""

    @pages.get("/")
    def home() -> str:
        person = signed_in(co_owner, register)
        held = person.habilitations if person else []
        rights = [
            (
                SERVICES.get(str(grant["service"]), "Autre service"),
                RIGHTS.get(str(grant["right"]), "autre droit"),
            )
            for grant in held
        ]
        return render_template("home.html", person=person, rights=rights, said=request.args.get("fait", ""))

    @pages.post("/mot-de-passe")
    def change_password() -> Response | tuple[str, int]:
        person = signed_in(co_owner, register)
        password = request.form.get("mot-de-passe", "")
        if person is None:
            return redirect(url_for(".sign_in"), 303)
        if unmet_password_rules(password):
            return render_template("refused.html", why="Ce mot de passe est trop faible."), 400
        register.change_password(person.subject, password)
        return redirect(url_for(".home", fait="mot-de-passe"), 303)
