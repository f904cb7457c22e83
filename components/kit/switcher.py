"""Who am I and for which company: the switcher and its dialog, the user menu and signing out."""

import reflex as rx

from components.kit.base import Value, link, native_form, vh, when
from components.kit.icons import icon


def _who(name: Value, detail: Value) -> rx.Component:
    return rx.el.span(
        rx.el.span(name, class_name="who-name"),
        rx.el.span(detail, class_name="who-detail ref"),
        class_name="who-box",
    )


def _choice(choice: Value) -> rx.Component:
    return rx.el.li(
        native_form(
            rx.el.input(type="hidden", name="siren", value=choice.key, read_only=True),
            rx.el.button(
                rx.el.span(choice.initials, class_name="mono", aria_hidden="true"),
                _who(choice.name, choice.detail),
                rx.cond(choice.current, icon("check", 20, "tick")),
                type="submit",
                class_name="menu-row",
                aria_current=when(choice.current, "true"),
            ),
            action="/session/company",
        )
    )


def choices_dialog(viewer: Value) -> rx.Component:
    """The companies that the viewer may work for; choosing one is a native POST, kept with the session."""
    return rx.el.dialog(
        rx.el.h2("Changer d’entreprise", id="choix-title", class_name="h2 menu-title"),
        rx.el.ul(rx.foreach(viewer.choices, _choice), role="list"),
        id="choix",
        class_name="sheet sheet-choice",
        aria_labelledby="choix-title",
    )


def switcher(viewer: Value) -> rx.Component:
    """A button when there is a choice, plain text when there is none."""
    name = _who(viewer.company, viewer.company_detail)
    return rx.cond(
        viewer.choices.length() > 1,
        rx.fragment(
            rx.el.button(
                name,
                icon("chevrons-up-down", 18),
                vh(", changer"),
                type="button",
                class_name="switcher",
                aria_haspopup="dialog",
                custom_attrs={"data-opens": "choix"},
            ),
            choices_dialog(viewer),
        ),
        rx.el.div(name, class_name="switcher switcher-one"),
    )


def sign_out() -> rx.Component:
    """A native POST: the cookie is HttpOnly, only the server can end the session."""
    return native_form(
        rx.el.button(icon("log-out"), "Se déconnecter", type="submit", class_name="menu-row"),
        action="/session/end",
    )


def user_menu(viewer: Value) -> rx.Component:
    """The viewer's name, profile and sign-out."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(viewer.initials, class_name="mono", aria_hidden="true"),
            rx.el.span(viewer.name, class_name="user-name"),
            vh("Menu du compte"),
            icon("chevron-down", 16),
            class_name="user-btn",
        ),
        rx.el.div(
            rx.el.p(viewer.name, class_name="menu-title user-in"),
            link(icon("user"), "Profil", href="/profil", class_name="menu-row"),
            rx.cond(
                viewer.doors.contains("/agent/offre"),
                link(icon("calendar-cog"), "Offre du poste", href="/agent/offre", class_name="menu-row"),
            ),
            rx.el.button(
                icon("sun-moon"),
                "Thème clair ou sombre",
                type="button",
                class_name="menu-row only-phone",
                on_click=rx.toggle_color_mode,
            ),
            sign_out(),
            class_name="user-panel",
        ),
        class_name="user",
        custom_attrs={"data-menu": ""},
    )
