"""The frame of every signed-in page: skip link, ink rail or tab bar, top bar, footer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import reflex as rx

from components.kit import live
from components.kit.base import HERE, Value, anchor, link, native_form, vh
from components.kit.feedback import note
from components.kit.icons import icon, mark
from components.kit.switcher import switcher, user_menu


@dataclass(frozen=True)
class Place:
    """One destination of the main navigation."""

    key: str
    label: str
    href: str
    icon: str
    count: Value = 0
    words: tuple[str, str] = ("", "")
    """What the badge counts: one, and several."""
    open_to_all: bool = False
    """Whether anybody may open it; the others are offered to those who may (`viewer.doors`, state/kit/doors.py)."""
    spare: bool = False
    """Whether a phone has no room for it among an officer's: it stands in the menu of the account, or in the footer."""


PLACES = (
    Place("tableau-de-bord", "Tableau de bord", "/tableau-de-bord", "layout-dashboard"),
    Place("agent", "File", "/agent", "list-ordered"),
    Place(
        "alertes", "Alertes", "/agent/alertes", "siren", words=("alerte à acquitter", "alertes à acquitter")
    ),
    Place("suivi", "Suivi", "/suivi", "route", words=("action à faire", "actions à faire")),
    Place("planning", "Planning", "/agent/planning", "calendar-clock"),
    Place("offre", "Offre", "/agent/offre", "calendar-cog", spare=True),
    Place(
        "rendez-vous",
        "Rendez-vous",
        "/rendez-vous",
        "calendar-clock",
        words=("en attente de réponse", "en attente de réponse"),
    ),
    Place("messages", "Messages", "/agent/messages", "mail-warning"),
    Place(
        "rattachements",
        "Rattacher",
        "/agent/rattachements",
        "link",
        words=("envoi sans entreprise", "envois sans entreprise"),
    ),
    Place("entreprise", "Entreprise", "/entreprise", "users"),
    Place("avis", "Avis", "/agent/avis", "message-square-text"),
    Place("profil", "Profil", "/profil", "user", spare=True),
    Place("aide", "Aide", "/aide", "life-buoy", spare=True, open_to_all=True),
)
_BACK_HERE = "/connexion?next=" + HERE
"""The sign-in page, which leads back to this one."""
_ELSEWHERE = "Ce choix a été fait dans un autre onglet, ou vos droits ont changé\u00a0: cette page l’a suivi."
MOST = 99
"""A bell counts no further."""
FOOT_LINKS = (
    ("Aide et contact", "/aide"),
    ("Conditions d’utilisation", "/cgu"),
    ("Données personnelles", "/donnees-personnelles"),
    ("Accessibilité", "/accessibilite"),
)


def counted(places: Sequence[Place], counts: dict[str, Value]) -> tuple[Place, ...]:
    """The same places, with the badges whose count is known."""
    return tuple(replace(place, count=counts.get(place.key, place.count)) for place in places)


def skip_link() -> rx.Component:
    """First thing in the page: jump over the navigation."""
    return anchor("Aller au contenu", href="#contenu", class_name="skip")


def badge(count: Value, words: tuple[str, str] = ("", "")) -> rx.Component:
    """The yellow figure; its words are read as part of the link."""
    return rx.cond(
        count > 0,
        rx.fragment(
            rx.el.span(count, class_name="badge", aria_hidden="true"),
            vh(", ", rx.el.span(count), " ", rx.cond(count == 1, words[0], words[1])),
        ),
    )


def _place(place: Place, current: str, viewer: Value) -> rx.Component:
    here = {"aria_current": "page"} if place.key == current else {}
    spared = {"class_name": rx.cond(viewer.controls, "nav-spare", "")} if place.spare else {}
    return rx.el.li(
        link(
            rx.el.span(icon(place.icon, 24), class_name="nav-ic"),
            rx.el.span(place.label),
            badge(place.count, place.words),
            href=place.href,
            class_name="nav-a",
            **here,
        ),
        **spared,
    )


def _offered(place: Place, current: str, viewer: Value) -> rx.Component:
    shown = _place(place, current, viewer)
    return shown if place.open_to_all else rx.cond(viewer.doors.contains(place.href), shown)


def main_nav(places: Sequence[Place], current: str, viewer: Value) -> rx.Component:
    """The destinations: ink rail on desktop, bar at the bottom on phone."""
    return rx.el.nav(
        link(mark(), vh("Passavant, accueil"), href="/", class_name="nav-mark"),
        rx.el.ul(*[_offered(place, current, viewer) for place in places], role="list"),
        class_name="mainnav",
        aria_label="Navigation principale",
    )


def lookup(action: Value, label: str) -> rx.Component:
    """The search of the top bar (desktop); "/" jumps to it."""
    return native_form(
        icon("search"),
        rx.el.label(label, html_for="lookup", class_name="vh"),
        rx.el.input(
            id="lookup", name="q", type="search", placeholder=label, auto_complete="off", class_name="inp"
        ),
        action=action,
        method="get",
        role="search",
        class_name="lookup searchbox",
    )


def theme_toggle() -> rx.Component:
    """Light or dark; the choice is kept by the browser."""
    return rx.el.button(
        icon("moon", 20, "only-light"),
        icon("sun", 20, "only-dark"),
        vh("Changer de thème, clair ou sombre"),
        type="button",
        class_name="icon-btn theme",
        on_click=rx.toggle_color_mode,
    )


def bell(count: Value) -> rx.Component:
    """Leads to the notices, and counts those that were not read."""
    shown = rx.cond(count > MOST, f"{MOST}+", count.to_string() if isinstance(count, rx.Var) else f"{count}")
    unread = rx.cond(count == 1, " non lue", " non lues")
    return link(
        icon("bell", 22),
        vh("Notifications", rx.cond(count > 0, rx.fragment("\u00a0: ", shown, unread))),
        rx.cond(count > 0, rx.el.span(shown, class_name="badge", aria_hidden="true")),
        href="/notifications",
        class_name="icon-btn bell",
    )


def topbar(viewer: Value, search: rx.Component, unread: Value, ended: Value) -> rx.Component:
    """For which company, is it live, search, notifications, who."""
    whose = rx.fragment(bell(unread), theme_toggle(), user_menu(viewer))
    over = rx.fragment(theme_toggle(), anchor("Se connecter", href=_BACK_HERE, class_name="btn btn-2 btn-s"))
    return rx.el.header(
        link(mark(), vh("Passavant, accueil"), href="/", class_name="top-mark"),
        switcher(viewer),
        rx.cond(viewer.doors.contains("/suivi"), search),
        rx.el.div(live.indicator(ended), rx.cond(ended, over, whose), class_name="top-end"),
        class_name="topbar",
    )


def _session_ended() -> rx.Component:
    """What stands in the place of a page whose session has ended; a plain link, as the connection is the old one's."""
    return rx.el.div(
        rx.el.h1("Votre session est terminée", class_name="h1"),
        rx.el.p(
            "Vous vous êtes déconnecté dans un autre onglet ou sur un autre appareil, ou votre session a atteint sa "
            "durée. Cette page n’affiche plus rien et ne se met plus à jour.",
            class_name="lead",
        ),
        rx.el.p(anchor("Se reconnecter et revenir à cette page", href=_BACK_HERE, class_name="btn btn-1")),
        class_name="ended",
        role="alert",
        custom_attrs={"data-ended": ""},
    )


def _switched(company: Value) -> rx.Component:
    """Said where the company worked for was changed from elsewhere; the region is there before it speaks."""
    said = note("info", "Vous travaillez maintenant pour " + company + ".", rx.el.p(_ELSEWHERE))
    return rx.el.div(rx.cond(company != "", said), role="status", class_name="elsewhere")


def footer() -> rx.Component:
    """Help, opinion, conditions, data, accessibility: on every page (PPR-52, PPR-53)."""
    opinion = link("Votre avis sur ce site", href="/avis?page=" + rx.State.router.url.path)
    # Opened anew: a document may use the camera when its own page was loaded, not one before it.
    verifying = anchor("Vérifier un document", href="/verifier")
    links = [link(label, href=href) for label, href in FOOT_LINKS]
    return rx.el.footer(
        rx.el.p("Passavant, le guichet unique du passage aux frontières. Ouvert jour et nuit."),
        rx.el.ul(*[rx.el.li(one) for one in (links[0], opinion, verifying, *links[1:])], role="list"),
        class_name="foot",
    )


def frame(
    *content: Value,
    viewer: Value,
    searched: str,
    current: str = "",
    counts: dict[str, Value] | None = None,
    unread: Value = 0,
    ended: Value = False,
    switched: Value = "",
    search_action: Value = "/suivi",
) -> rx.Component:
    """A whole signed-in page around its content.

    counts: badge by place key, such as {"suivi": 3}; unread: the bell's. ended: whether the
    session is over; switched: the company that was chosen from elsewhere.
    """
    return rx.el.div(
        skip_link(),
        topbar(viewer, lookup(search_action, searched), unread, ended),
        main_nav(counted(PLACES, counts or {}), current, viewer),
        rx.el.main(
            rx.el.p(
                "Sauf mention contraire, les heures affichées sont celles de Paris.",
                class_name="elsewhere-hours meta",
            ),
            _switched(switched),
            rx.cond(ended, _session_ended(), rx.fragment(*content)),
            id="contenu",
            class_name="page",
            tab_index=-1,
        ),
        footer(),
        class_name="shell",
        custom_attrs={"data-owner": viewer.key},
    )
