"""/donnees-personnelles: what is kept of people, and the cookies (COM-06)."""

import reflex as rx

from app.pages.kit.static_page import section, static_page
from models.kernel.french import typeset


def page() -> rx.Component:
    """What is recorded, who sees it, which cookies."""
    return static_page(
        "Données personnelles",
        section(
            "Ce qui est enregistré de votre compte",
            typeset(
                "Nom, adresse électronique, entreprise ou poste, habilitations ; dates de création, de dernière "
                "connexion, de changement de mot de passe et d'échec de connexion ; sessions ouvertes et nom du navigateur ; seconds facteurs, leurs noms et leur dernier usage ; "
                "conditions d'utilisation acceptées. Vous les lisez dans votre profil."
            ),
        ),
        section(
            "Qui voit quoi",
            typeset(
                "Un opérateur voit les envois de son entreprise et de celles qui l'ont mandatée. Un agent voit ceux "
                "de son poste. Aucune page ne nomme un agent : une étape est le fait d'une administration."
            ),
        ),
        section(
            "Cookies",
            typeset(
                "Trois cookies techniques, illisibles par les scripts : le premier tient votre session ouverte douze heures "
                "au plus ; le deuxième attend cinq minutes votre second facteur, si votre compte en a un ; le troisième garde deux minutes ce qu'un formulaire a donné : la raison d'un refus et ce qui était saisi, "
                "jamais le mot de passe. Le thème clair ou sombre est "
                "gardé par votre navigateur, comme le dernier état vu de vos envois, pour que vous le relisiez hors ligne : "
                "il est effacé quand vous vous déconnectez. Aucune mesure d'audience, aucun traceur."
            ),
        ),
    )
