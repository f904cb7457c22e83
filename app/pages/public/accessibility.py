"""/accessibilite: what was checked, and how (COM-32)."""

import reflex as rx

from app.pages.kit.static_page import section, static_page
from models.kernel.french import typeset


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
                "À chaque modification, chaque page est ouverte dans un navigateur et contrôlée par l'outil axe, en "
                "thème clair et sombre, aux largeurs d'un téléphone, d'une tablette et d'un ordinateur (390, 768 et "
                "1\u00a0280 pixels), pour un opérateur, un agent et une personne sans habilitation : aucune anomalie "
                "n'est tolérée."
            ),
            typeset(
                "Rien ne déborde à 320 pixels de large, ni sur un ordinateur dont l'affichage est agrandi à 200\u00a0%."
            ),
            typeset(
                "Suivre un envoi, réserver un rendez-vous, répondre à une proposition, enregistrer un contrôle et "
                "déplacer un rendez-vous sur le planning se font entièrement au clavier, avec un focus visible à "
                "chaque pas. La touche « / » mène à la recherche, le lien « Aller au contenu » saute la navigation."
            ),
            typeset(
                "Un état n'est jamais donné par la seule couleur : il a aussi une forme et un mot. Les changements en "
                "direct ne déplacent ni le focus ni le défilement."
            ),
        ),
        section(
            "Ce qui ne l’est pas",
            typeset(
                "Aucun audit RGAA n'a été mené par un tiers. Un outil automatique ne voit qu'une partie des critères."
            ),
            typeset(
                "Aucune personne qui utilise un lecteur d'écran, une loupe ou une commande vocale n'a encore essayé "
                "le site : ce que ces aides annoncent est prévu, pas éprouvé."
            ),
            typeset(
                "Les contrôles se font dans un seul moteur de navigateur, Chromium. Firefox et Safari ne sont pas "
                "éprouvés. Les attestations PDF ne sont pas balisées pour un lecteur d'écran : leur contenu est aussi "
                "sur la page du rendez-vous."
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
