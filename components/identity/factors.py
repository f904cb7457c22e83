"""Second factors: the forms of a sign-in half-way, those of the profile, and requests to do without."""

import reflex as rx

from components.identity.accounts import hidden, posted
from components.kit.base import Value, native_form, vh
from components.kit.forms import button, field, password_field, select_field, submit
from components.kit.icons import icon

_ACTION = "/session/second"
_FROM_PROFILE = "/profil/second-facteur"


def _unfilled(name: str) -> rx.Component:
    """A value that assets/js/passkeys.js fills in."""
    return rx.el.input(type="hidden", name=name)


def passkey_form(options: Value, next_: Value) -> rx.Component:
    """The button that asks the device, which signs; assets/js/passkeys.js sends the form."""
    return native_form(
        hidden("moyen", "passkey"),
        hidden("next", next_),
        *[_unfilled(name) for name in ("id", "clientDataJSON", "authenticatorData", "signature")],
        rx.el.p(
            class_name="err",
            role="alert",
            hidden=True,
            custom_attrs={"data-passkey-said": ""},
        ),
        button(
            "Utiliser ma clé d’accès",
            lead="key-round",
            custom_attrs={"data-passkey-go": "", "data-options": options},
        ),
        action=_ACTION,
        class_name="signin-form",
        custom_attrs={"data-passkey": "get"},
    )


def code_form(next_: Value) -> rx.Component:
    """The six digits of an application."""
    return posted(
        hidden("moyen", "code"),
        hidden("next", next_),
        field(
            "code",
            "Code de l’application",
            hint="Six chiffres, qui changent toutes les 30\u00a0secondes.",
            input_mode="numeric",
            auto_complete="one-time-code",
            max_length=10,
            required=True,
        ),
        action=_ACTION,
        label="Valider le code",
    )


def _fold(title: str, *content: rx.Component) -> rx.Component:
    return rx.el.details(
        rx.el.summary(title, icon("chevron-down", 18), class_name="fold-head"), *content, class_name="fold"
    )


def recovery_form(next_: Value) -> rx.Component:
    """One of the codes that were kept aside."""
    return _fold(
        "Utiliser un code de secours",
        posted(
            hidden("moyen", "recovery"),
            hidden("next", next_),
            field(
                "secours",
                "Code de secours",
                name="code",
                hint="Un de ceux que vous avez imprimés. Chacun sert une fois.",
                auto_complete="off",
                max_length=40,
                required=True,
            ),
            action=_ACTION,
            label="Valider ce code",
        ),
    )


def lost_form() -> rx.Component:
    """What is left when every second factor is lost."""
    return _fold(
        "J’ai perdu tous ces moyens",
        native_form(
            rx.el.p(
                "Un correspondant de votre entreprise, ou l’assistance, doit certifier que c’est bien vous. "
                "Vous pourrez alors vous connecter sans second facteur, 24\u00a0heures plus tard. "
                "Un message vous avertit de chaque étape.",
                class_name="hint",
            ),
            submit("Demander à entrer sans second facteur", kind="2"),
            action="/session/second/perdu",
            class_name="signin-form",
        ),
    )


def factor_list(rows: Value) -> rx.Component:
    """What the account has: {value, label, detail}."""
    return rx.el.ul(
        rx.foreach(
            rows,
            lambda row: rx.el.li(
                rx.el.p(rx.el.strong(row.label)), rx.el.p(row.detail, class_name="meta"), key=row.value
            ),
        ),
        class_name="acts",
        role="list",
    )


def add_form(id_: str, title: str, hint: str, *, action: str, label: str, example: str) -> rx.Component:
    """What to call the factor, and the password."""
    return _fold(
        title,
        native_form(
            rx.el.p(hint, class_name="hint"),
            field(f"{id_}-nom", "Nom", name="nom", hint=example, max_length=60, auto_complete="off"),
            password_field(f"{id_}-actuel", "Mot de passe actuel", name="actuel", required=True),
            submit(label),
            action=f"{_FROM_PROFILE}{action}",
            no_validate=True,
            class_name="form",
        ),
    )


def remove_form(rows: Value) -> rx.Component:
    """Which factor, and the password."""
    return _fold(
        "Retirer un second facteur",
        native_form(
            select_field("facteur", "Second facteur", rows, name="facteur"),
            password_field("retirer-actuel", "Mot de passe actuel", name="actuel", required=True),
            submit("Retirer", kind="danger"),
            action=f"{_FROM_PROFILE}/retirer",
            no_validate=True,
            class_name="form",
        ),
    )


def codes_form() -> rx.Component:
    """Other recovery codes, against the password."""
    return _fold(
        "Obtenir d’autres codes de secours",
        native_form(
            rx.el.p("Les codes actuels ne serviront plus.", class_name="hint"),
            password_field("codes-actuel", "Mot de passe actuel", name="actuel", required=True),
            submit("Obtenir d’autres codes"),
            action=f"{_FROM_PROFILE}/codes",
            no_validate=True,
            class_name="form",
        ),
    )


def recovery_request(row: Value, on_certify: Value, on_decline: Value) -> rx.Component:
    """A request to sign in without the second factor: {id, name, email, detail, certified}."""
    certify = button(
        "Certifier que c’est cette personne",
        vh("\u00a0: ", row.name),
        compact=True,
        on_click=on_certify(row.id),
    )
    return rx.el.li(
        rx.el.p(rx.el.strong(row.name), " ", rx.el.span(row.email, class_name="meta")),
        rx.el.p(row.detail, class_name="meta"),
        rx.el.div(
            rx.cond(row.certified, rx.fragment(), certify),
            button(
                "Écarter la demande",
                vh("\u00a0: ", row.name),
                kind="t",
                compact=True,
                on_click=on_decline(row.id),
            ),
            class_name="form-acts",
        ),
        class_name="act",
        key=row.id,
    )


def recovery_requests(rows: Value, on_certify: Value, on_decline: Value) -> rx.Component:
    """The requests, under what to make sure of."""
    return rx.fragment(
        rx.el.p(
            "Certifiez après avoir reconnu la personne, de vive voix ou en face. Elle pourra se connecter sans second "
            "facteur 24\u00a0heures plus tard.",
            class_name="hint",
        ),
        rx.el.ul(
            rx.foreach(rows, lambda row: recovery_request(row, on_certify, on_decline)),
            class_name="acts",
            role="list",
        ),
    )
