"""/accessibilite: what was checked, and how (COM-32)."""

import reflex as rx

from app.pages.static_page import section, static_page
from models.french import typeset


def page() -> rx.Component:
    """An honest statement: what was checked and what was not."""
    return static_page(
        "Accessibilité",
        section(
            "Où en est ce site",
            typeset(
                "Passavant vise la conformité au RGAA 4.1, niveau AA. Aucun audit complet n'a encore été mené : "
                "la conformité n'est donc pas déclarée."
            ),
        ),
        section(
            "Ce qui est vérifié",
            typeset(
                "Chaque page est contrôlée automatiquement, en thème clair et sombre, sur téléphone et sur "
                "ordinateur, à chaque modification. Tout se fait au clavier : la touche « / » mène à la recherche. Un "
                "état n'est jamais donné par la seule couleur : il a aussi une forme et un mot."
            ),
        ),
        section(
            "Vos réglages",
            typeset(
                "Le site suit la taille de texte, le contraste de thème et la réduction des animations réglés dans "
                "votre système ou votre navigateur."
            ),
        ),
    )
