"""The public home page: header, hero with its rail, services."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from components.kit.base import Value, link, vh
from components.kit.icons import icon, wordmark
from components.kit.rail import rail
from components.kit.shell import footer, skip_link, theme_toggle


@dataclass(frozen=True)
class Service:
    """One thing the portal does, for the home page."""

    title: str
    text: str
    audience: str
    href: str
    icon: str


_FOR_ALL = "Sans connexion"
SERVICES = (
    Service(
        "Suivre un envoi en direct",
        "Huit étapes, de la notification préalable à la sortie. "
        "À chaque instant\u00a0: où il en est, qui doit agir, combien de temps encore.",
        "Importateurs et représentants",
        "/suivi",
        "route",
    ),
    Service(
        "Enregistrer un contrôle",
        "Les envois de votre poste, dans l’ordre où ils pressent. "
        "Le résultat enregistré s’affiche aussitôt chez l’opérateur.",
        "SIVEP et douane",
        "/suivi",
        "clipboard-check",
    ),
    Service(
        "Ouvrir le dossier d’import",
        "Le DSCE et les réponses de la douane, tels qu’ils ont été reçus, un par un ou en une archive.",
        "Importateurs, représentants, agents",
        "/suivi",
        "folder-down",
    ),
    Service(
        "Payer par carte",
        "Une créance de la douane, avec la référence et le mot de passe de son avis de paiement.",
        _FOR_ALL,
        "/payer",
        "credit-card",
    ),
    Service(
        "Estimer droits et taxes",
        "La valeur en douane, le droit et la TVA d’une importation, à partir de quatre chiffres.",
        _FOR_ALL,
        "/simulateur",
        "calculator",
    ),
    Service(
        "Comprendre le suivi",
        "Ce que veulent dire les états et les étapes, et que faire quand un envoi est bloqué.",
        _FOR_ALL,
        "/aide",
        "life-buoy",
    ),
)

_LINKS = (("Services", "/#services"), ("Aide", "/aide"))


def header(viewer: Value) -> rx.Component:
    """Word-mark, links, theme, sign in (or back to the follow-up, for those who may open it)."""
    enter = link(icon("log-in", 18), "Se connecter", href="/connexion", class_name="btn btn-bar")
    follow = link(icon("route", 18), "Suivi", href="/suivi", class_name="btn btn-bar")
    own = link(icon("user", 18), "Mon espace", href=viewer.home, class_name="btn btn-bar")
    home = rx.cond(viewer.doors.contains("/suivi"), follow, own)
    return rx.el.header(
        rx.el.div(
            link(wordmark(), vh(", accueil"), href="/", class_name="pub-mark"),
            rx.el.nav(
                *[link(label, href=href) for label, href in _LINKS],
                class_name="pub-nav",
                aria_label="Navigation principale",
            ),
            theme_toggle(),
            rx.cond(viewer.signed_in, home, enter),
            class_name="wrap",
        ),
        class_name="pub-head on-ink",
    )


def hero_rail() -> rx.Component:
    """A drawn example: five steps in, the sixth to come."""
    return rx.el.div(
        rx.el.p(rx.el.strong("Avocats Hass du Pérou"), rx.el.span("Le Havre, quai de l’Atlantique")),
        rail(["d", "d", "d", "d", "a", "w", "w", "w"], "Exemple\u00a0: étape 5 sur 8, contrôle physique"),
        rx.el.p(
            rx.el.span(rx.el.strong("Contrôle physique"), ", étape 5 sur 8"),
            rx.el.span("BAE attendu vers 18\u00a0h\u00a010"),
        ),
        class_name="hero-rail",
    )


def hero(*aside: Value) -> rx.Component:
    """The promise, the rail, and what stands at its right (the sign-in card)."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h1("Suivez vos marchandises jusqu’au bon à enlever.", class_name="display"),
                rx.el.p(
                    "Formalités, contrôles, rendez-vous, paiements\u00a0: importateurs, "
                    "vétérinaires et douaniers voient le même dossier, au même moment.",
                    class_name="hero-lead",
                ),
                hero_rail(),
            ),
            *aside,
            class_name="wrap hero-in",
        ),
        class_name="hero on-ink",
    )


def _offered(item: Service, viewer: Value) -> rx.Component:
    shown = rx.el.li(
        icon(item.icon, 22, "svc-ic"),
        rx.el.div(
            rx.el.h3(link(item.title, href=item.href, class_name="row-a"), class_name="h3"),
            rx.el.p(item.text),
            rx.el.p(item.audience, class_name="meta"),
        ),
        icon("arrow-right", 20),
    )
    return shown if item.audience == _FOR_ALL else rx.cond(viewer.doors.contains(item.href), shown)


def services(
    viewer: Value, items: Sequence[Service] = SERVICES, title: str = "Un seul compte, tout le passage"
) -> rx.Component:
    """What the portal does, one line each; nothing that this person could not open."""
    return rx.el.section(
        rx.el.h2(title, class_name="h1"),
        rx.el.ul(
            *[_offered(item, viewer) for item in items],
            class_name="svc",
            role="list",
        ),
        id="services",
        class_name="wrap",
    )


def frame(*content: Value, viewer: Value) -> rx.Component:
    """A whole public page around its content."""
    return rx.el.div(
        skip_link(),
        header(viewer),
        rx.el.main(*content, id="contenu", tab_index=-1),
        footer(),
        class_name="pub",
    )
