"""The page for an address that leads nowhere."""

import reflex as rx

from app.pages.kit.frame import public_page
from components.kit import feedback, forms


def page() -> rx.Component:
    """Says so, and leads back."""
    return public_page(
        rx.el.div(
            rx.el.h1("Cette page n’existe pas", class_name="h1"),
            feedback.empty(
                "L’adresse est incomplète ou n’est plus valable",
                "Vérifiez-la, ou repartez de l’accueil.",
                forms.link_button("Revenir à l’accueil", href="/"),
            ),
            class_name="wrap pub-page",
        ),
    )
