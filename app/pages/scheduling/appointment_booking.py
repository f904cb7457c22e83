"""/rendez-vous/nouveau: choose what, then when; a place is held while the rest is typed."""

import reflex as rx

from app.pages.kit.frame import back_link, signed_in_page
from components.kit import feedback, forms, layout
from components.kit.base import vh
from components.scheduling import booking, visit, wanted
from models.scheduling.appointments.forms import VisitForm
from state.scheduling.appointments.booking import Booking
from state.scheduling.appointments.screen import CHOOSE, DETAILS, SLOT

_MOVING = Booking.moving != ""


def _lost() -> rx.Component:
    return booking.lost(Booking.error, Booking.attempt, Booking.nearest, Booking.take)


def _choose() -> rx.Component:
    nothing = feedback.empty(
        "Aucun contrôle à réserver",
        "Un rendez-vous se prend dès que le poste demande un contrôle d’identité ou physique.",
        booking.nothing_to_book(),
    )
    chosen = rx.fragment(
        _lost(),
        rx.el.div(
            wanted.picks(Booking.picks, Booking.toggle),
            wanted.control_choice(Booking.controls, Booking.control, Booking.for_control),
            rx.cond(
                Booking.controls.length() > 0,
                wanted.cold_choice(Booking.cold, Booking.always_cold, Booking.toggle_cold),
            ),
            rx.el.div(
                forms.button("Choisir le jour et l’heure", on_click=Booking.to_hours), class_name="form-acts"
            ),
            class_name="form",
        ),
    )
    return rx.el.section(
        rx.cond(Booking.picks.length() > 0, chosen, nothing),
        class_name="pcard",
        aria_label="Envoi et contrôle",
    )


def _keep(label: str) -> rx.Component:
    return forms.button(rx.cond(_MOVING, "Déplacer ici", label), on_click=Booking.keep)


def _hours() -> rx.Component:
    hint = rx.cond(
        _MOVING,
        "L’ancienne place n’est rendue qu’une fois la nouvelle acquise.",
        "La place vous est gardée 5\u00a0min, le temps de dire qui joindre.",
    )
    return layout.columns(
        [
            wanted.summary(Booking.subject, Booking.back, ~_MOVING),
            rx.el.p(Booking.sentence, class_name="first-possible"),
            _lost(),
            booking.week(Booking.grid, Booking.open_day, Booking.turn_week),
            booking.slots(Booking.grid, Booking.choose_slot),
            booking.notices(Booking.notices),
        ],
        [
            booking.chosen_card(Booking.chosen, Booking.subject.post, hint, _keep("Garder ce créneau")),
            booking.act_bar(Booking.chosen, _keep("Garder")),
        ],
    )


def _impossible() -> rx.Component:
    return rx.fragment(
        rx.cond(Booking.subject.post != "", wanted.summary(Booking.subject, Booking.back, ~_MOVING)),
        feedback.note("warn", "Pas de rendez-vous possible pour le moment", rx.el.p(Booking.sentence)),
        rx.el.div(booking.nothing_to_book(), class_name="form-acts"),
    )


def _details() -> rx.Component:
    return rx.el.div(
        layout.columns(
            [
                _lost(),
                visit.held(Booking.hold, Booking.chosen, Booking.again),
                visit.visit_form(VisitForm, Booking.draft, Booking.confirm, "Confirmer"),
            ],
            [wanted.summary(Booking.subject, Booking.back, Booking.hold.reference != "")],
        ),
        on_unmount=Booking.leave,
    )


def _steps() -> rx.Component:
    return rx.match(
        Booking.stage,
        (CHOOSE, _choose()),
        (SLOT, rx.cond(Booking.blocked, _impossible(), _hours())),
        (DETAILS, _details()),
        rx.fragment(),
    )


def page() -> rx.Component:
    """The step at which one is, or why nothing is shown."""
    step = rx.match(Booking.stage, (SLOT, ", étape 2 sur 3"), (DETAILS, ", étape 3 sur 3"), ", étape 1 sur 3")
    return signed_in_page(
        back_link("Rendez-vous", "/rendez-vous"),
        rx.el.h1(
            rx.cond(
                _MOVING,
                rx.fragment("Déplacer le rendez-vous ", Booking.moving),
                rx.fragment("Prendre rendez-vous", vh(step)),
            ),
            class_name="h1",
        ),
        rx.cond(
            Booking.loaded,
            rx.cond(
                Booking.refusal != "",
                feedback.refused("Rendez-vous non disponibles", Booking.refusal),
                rx.fragment(rx.cond(_MOVING, rx.fragment(), booking.steps(Booking.stage)), _steps()),
            ),
            feedback.skeleton(4),
        ),
        current="rendez-vous",
    )
