"""The frame of every signed-in page: skip link, ink rail or tab bar, top bar, footer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import reflex as rx

from components import live
from components.base import Value, anchor, link, native_form, vh
from components.icons import icon, mark
from components.switcher import switcher, user_menu


@dataclass(frozen=True)
class Place:
    """One destination of the main navigation."""

    key: str
    label: str
    href: str
    icon: str
    count: Value = 0
    words: str = ""
    whose: str = ""
    """The flag of the viewer that offers it (state/session.py); empty for everybody."""
    spare: str = ""
    """The flag of those for whom a phone has no room for it: it stands in the menu of the account, or in the footer."""


PLACES = (
    Place("tableau-de-bord", "Tableau de bord", "/tableau-de-bord", "layout-dashboard", whose="operates"),
    Place("agent", "File", "/agent", "list-ordered", whose="controls"),
    Place("alertes", "Alertes", "/agent/alertes", "siren", words="alertes à acquitter", whose="controls"),
    Place("suivi", "Suivi", "/suivi", "route", words="actions à faire"),
    Place("planning", "Planning", "/agent/planning", "calendar-clock", whose="controls"),
    Place(
        "rendez-vous",
        "Rendez-vous",
        "/rendez-vous",
        "calendar-clock",
        words="en attente de réponse",
        whose="books",
    ),
    Place("messages", "Messages", "/agent/messages", "mail-warning", whose="controls"),
    Place(
        "rattachements",
        "Rattacher",
        "/agent/rattachements",
        "link",
        words="envois sans entreprise",
        whose="controls",
    ),
    Place("entreprise", "Entreprise", "/entreprise", "users", whose="manages"),
    Place("avis", "Avis", "/agent/avis", "message-square-text", whose="serves"),
    Place("profil", "Profil", "/profil", "user", spare="controls"),
    Place("aide", "Aide", "/aide", "life-buoy", spare="controls"),
)
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


def badge(count: Value, words: str = "") -> rx.Component:
    """The yellow figure; its words are read as part of the link."""
    return rx.cond(
        count > 0,
        rx.fragment(
            rx.el.span(count, class_name="badge", aria_hidden="true"),
            vh(", ", rx.el.span(count), f" {words}"),
        ),
    )


def _place(place: Place, current: str, viewer: Value) -> rx.Component:
    here = {"aria_current": "page"} if place.key == current else {}
    spared = {"class_name": rx.cond(getattr(viewer, place.spare), "nav-spare", "")} if place.spare else {}
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
    return rx.cond(getattr(viewer, place.whose), shown) if place.whose else shown


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


def topbar(viewer: Value, search: rx.Component, unread: Value = 0) -> rx.Component:
    """For which company, is it live, search, notifications, who."""
    return rx.el.header(
        link(mark(), vh("Passavant, accueil"), href="/", class_name="top-mark"),
        switcher(viewer),
        search,
        rx.el.div(live.indicator(), bell(unread), theme_toggle(), user_menu(viewer), class_name="top-end"),
        class_name="topbar",
    )


def footer() -> rx.Component:
    """Help, opinion, conditions, data, accessibility: on every page (PPR-52, PPR-53)."""
    opinion = link("Votre avis sur ce site", href="/avis?page=" + rx.State.router.url.path)
    links = [link(label, href=href) for label, href in FOOT_LINKS]
    return rx.el.footer(
        rx.el.p("Passavant, le guichet unique du passage aux frontières. Ouvert jour et nuit."),
        rx.el.ul(*[rx.el.li(one) for one in (links[0], opinion, *links[1:])], role="list"),
        class_name="foot",
    )


def frame(
    *content: Value,
    viewer: Value,
    current: str = "",
    counts: dict[str, Value] | None = None,
    unread: Value = 0,
    search_action: Value = "/suivi",
) -> rx.Component:
    """A whole signed-in page around its content. counts: badge by place key, such as {"suivi": 3}; unread: the bell's."""
    return rx.el.div(
        skip_link(),
        topbar(viewer, lookup(search_action, "DSCE, MRN ou conteneur"), unread),
        main_nav(counted(PLACES, counts or {}), current, viewer),
        rx.el.main(*content, id="contenu", class_name="page", tab_index=-1),
        footer(),
        class_name="shell",
        custom_attrs={"data-owner": viewer.key},
    )
