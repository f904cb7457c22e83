"""/verifier and /verifier/[number]: a document that we issued, verified by whoever holds it (CTX-14)."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.casework import verdicts
from components.kit import declared, forms
from components.kit.base import anchor
from models.casework.issued.forms import VerifyForm
from state.casework.verification import Verification


def _form() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Une attestation délivrée par une administration française porte un code. Scannez-le, ou tapez son numéro\u00a0: "
            "vous saurez si elle est en vigueur. C’est gratuit et sans compte."
        ),
        verdicts.in_other_languages(
            "Scan the code of the document, or type its number, to know whether it is valid. Free, without an account.",
            "Escanee el código del documento o escriba su número para saber si está vigente. Gratis y sin cuenta.",
        ),
        verdicts.scanner(),
        declared.form(
            VerifyForm,
            Verification.draft,
            forms.submit("Vérifier", lead="search"),
            asked=True,
            on_submit=Verification.search,
            class_name="signin-form",
        ),
        rx.el.p(anchor("Clés publiques de vérification", href="/verifier/cles.json", class_name="tlink")),
        class_name="verify-form",
    )


def _document() -> rx.Component:
    return rx.el.div(
        rx.el.div(verdicts.verdict(Verification), role="status"),
        verdicts.statement(),
        verdicts.scanner(),
        rx.el.p(anchor("Vérifier un autre document", href="/verifier", class_name="tlink")),
        class_name="verify-form",
    )


def page() -> rx.Component:
    """The form; or the document of the address, in French, with English and Spanish beneath."""
    return public_page(
        rx.el.div(
            rx.el.h1("Vérifier un document", class_name="h1"),
            rx.cond(Verification.number != "", _document(), _form()),
            rx.el.script(src="/js/verifier.js", async_=True),
            class_name="wrap pub-page prose",
        ),
    )
