"""The part of /profil about agendas (SES-10, SES-13)."""

import reflex as rx

from components.kit import feedback, layout
from components.scheduling import agenda
from state.scheduling.appointments.agenda import Agenda


def agenda_card() -> rx.Component:
    """The calendars of the person; nothing for whom has none."""
    return rx.cond(
        Agenda.calendars.length() > 0,
        layout.card(
            "Dans mon agenda",
            rx.el.p(
                "Votre agenda (Outlook, Google, Apple…) affiche et met à jour les rendez-vous lus à cette adresse. "
                "Qui la connaît les lit\u00a0: ne la partagez pas.",
                class_name="hint",
            ),
            rx.el.div(
                rx.cond(Agenda.error != "", feedback.note("err", "Rien n’a changé", Agenda.error)),
                rx.cond(Agenda.done != "", feedback.note("ok", Agenda.done)),
                role="status",
                class_name="said",
            ),
            agenda.calendars(Agenda.calendars, Agenda.give, Agenda.renew),
        ),
    )
