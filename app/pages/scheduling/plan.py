"""/agent/planning: the plan of a post."""

import reflex as rx

from app.pages.kit.frame import signed_in_page
from components.kit import feedback, layout
from components.scheduling import gate, plan, plan_panel
from models.scheduling.appointments.forms import AnswerForm, DayForm, DropForm, GateForm
from state.scheduling.plan.page import Planning


def _day() -> rx.Component:
    day, show = Planning.day, Planning.show
    return rx.fragment(
        plan.closed(day.closed),
        plan.reopening(Planning.around),
        plan.folded("Ce matin", day.fold, day.folded, show),
        rx.cond(
            day.late.length() > 0,
            rx.el.div(
                rx.el.h3("Ce matin, encore ouverts", class_name="ap-late-h"),
                plan.lines(day.late, show, "Ce matin, encore ouverts"),
                class_name="ap-late",
            ),
        ),
        plan.folded("Plus tôt", "", day.earlier, show, "ap-phone"),
        rx.cond(
            day.grid.rows > 0,
            rx.fragment(
                plan.day_grid(day.grid, show, Planning.around.step),
                rx.cond(
                    day.lines.length() > 0,
                    rx.el.div(plan.lines(day.lines, show, "Rendez-vous, par heure"), class_name="ap-phone"),
                    rx.el.p("Rien d’autre à venir ce jour-là.", class_name="ap-phone ap-none"),
                ),
            ),
            rx.cond(
                day.closed.length() == 0,
                rx.el.p("Rien n’est offert ni pris ce jour-là.", class_name="ap-none"),
            ),
        ),
        plan.folded("Annulés ou remplacés", "", day.apart, show),
    )


def _plan() -> rx.Component:
    around = Planning.around
    return rx.fragment(
        rx.cond(around.runs, gate.gate(GateForm, Planning.gate, Planning.check_in, Planning.show)),
        plan.toolbar(DayForm, around, Planning.go),
        rx.cond(around.notice != "", feedback.note("info", around.notice)),
        rx.cond(
            around.weekly,
            plan.week(Planning.week, Planning.show),
            rx.fragment(
                rx.el.section(
                    rx.el.div(
                        rx.el.h2("Plan du jour", class_name="h2"),
                        rx.el.p(around.counts, class_name="meta"),
                        class_name="card-head",
                    ),
                    _day(),
                    class_name="pcard ap-card",
                ),
                rx.cond(
                    Planning.day.load.length() > 0,
                    layout.card("Charge", plan.load(Planning.day.load), plan.bay_loads(Planning.day.bays)),
                ),
            ),
        ),
    )


def page() -> rx.Component:
    """The plan, or why it is not shown."""
    return signed_in_page(
        layout.page_head("Planning", Planning.around.subtitle),
        rx.cond(
            Planning.loaded,
            rx.cond(
                Planning.refusal != "",
                feedback.refused("Page réservée aux agents", Planning.refusal),
                _plan(),
            ),
            feedback.skeleton(4),
        ),
        plan_panel.panel_dialog(
            AnswerForm,
            Planning.draft,
            Planning.panel,
            Planning.asked,
            Planning.said,
            Planning.error,
            Planning,
        ),
        plan_panel.drop_form(DropForm, Planning.drop),
        plan.on_paper(),
        rx.el.script(src="/js/plan.js", async_=True),
        current="planning",
    )
