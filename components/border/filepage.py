"""The page of one consignment: header, references, whose turn, timeline."""

import reflex as rx

from components.kit.base import Value, anchor, link, vh, when
from components.kit.icons import actor_icon, glyph_of, icon
from components.kit.layout import card
from components.kit.rail import captioned_rail, passline
from components.kit.status import ago, status


def header(file: Value, back: rx.Component) -> rx.Component:
    """Back link, h1, state, summary and references."""
    return rx.el.div(
        back,
        rx.el.div(
            rx.el.h1(file.title, class_name="h1"),
            status(file.state, file.state_label),
            class_name="file-title",
        ),
        rx.el.p(rx.foreach(file.summary, rx.el.span), class_name="file-sum"),
        key_box(file["keys"]),
        class_name="file-head",
    )


def copy_button(text: Value, name: Value) -> rx.Component:
    """Copies text; says "Copié" (assets/js/passavant.js)."""
    return rx.el.button(
        icon("copy", 18, "copy-off"),
        icon("check", 18, "copy-on"),
        vh("Copier ", name),
        type="button",
        class_name="icon-btn copy",
        custom_attrs={"data-copy": text},
    )


def key_box(keys: Value) -> rx.Component:
    """The references, each {label, value, raw}, with a copy button."""
    return rx.el.ul(
        rx.foreach(
            keys,
            lambda key: rx.el.li(
                rx.el.span(key.label, class_name="key-label"),
                rx.el.span(key.value, class_name="key-value ref"),
                copy_button(key.raw, rx.el.span(key.label, " ", key.value)),
            ),
        ),
        class_name="keys",
        role="list",
    )


def progress(file: Value) -> rx.Component:
    """The long rail on desktop, the short one on phone."""
    return rx.el.div(
        rx.el.div(
            captioned_rail(
                file.rail, file.rail_label, file.step_label, "étape " + file.step_position.to(str)
            ),
            class_name="only-phone",
        ),
        passline(file.passline),
        class_name="file-progress",
    )


def turn(data: Value, *actions: rx.Component) -> rx.Component:
    """Whose move it is: the yellow card with its buttons when it is the viewer's, else a plain one."""
    return rx.cond(data.mine, _my_turn(data, *actions), _their_turn(data))


def _my_turn(data: Value, *actions: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.p(icon("user", 18), data.kicker, class_name="turn-kick"),
        rx.el.h2(data.title, class_name="turn-title"),
        rx.el.p(data.sentence, class_name="turn-text"),
        rx.cond(data.visit != "", rx.el.p(icon("calendar-clock", 18), data.visit, class_name="turn-visit")),
        rx.el.div(*actions, class_name="turn-acts") if actions else rx.fragment(),
        rx.cond(data.hint != "", rx.el.p(data.hint, class_name="turn-hint")),
        class_name="turn",
    )


def _their_turn(data: Value) -> rx.Component:
    return rx.el.section(
        rx.el.p(actor_icon(data.actor, 18), data.kicker, class_name="turn-kick"),
        rx.el.h2(data.title, class_name="h2"),
        rx.el.p(data.sentence, class_name="turn-text"),
        rx.cond(data.hint != "", rx.el.p(data.hint, class_name="turn-hint")),
        class_name="pcard turn-other",
    )


def _visit(words: Value, href: Value) -> rx.Component:
    """The appointment for a check; a link for whom its page is open to."""
    return rx.el.p(
        icon("calendar-clock", 16),
        rx.cond(href != "", link(words, href=href), rx.el.span(words)),
        class_name="tl-visit",
    )


def _event(item: Value) -> rx.Component:
    kind = rx.cond(item.current, "tl-now", rx.cond(item.past, "tl-past", "tl-next"))
    return rx.el.li(
        rx.el.span(glyph_of(item.node), class_name=f"tl-node ink-{item.node}"),
        rx.el.div(
            rx.el.div(
                rx.el.h3(item.label, class_name="tl-title"),
                rx.el.span(
                    rx.cond(item.iso != "", rx.el.time(item.time, date_time=item.iso), rx.el.span(item.time)),
                    rx.cond(item.current & (item.result_label != ""), rx.el.strong(item.result_label)),
                    class_name="tl-time",
                ),
                class_name="tl-top",
            ),
            rx.el.p(
                rx.cond(item.authority != "", rx.el.span(item.authority, class_name="tag")),
                rx.cond(
                    (item.result_label != "") & ~item.current,
                    rx.el.span(item.result_label + ". ", class_name="tl-result"),
                ),
                item.fact,
                class_name="tl-fact",
            ),
            rx.cond(item.note != "", rx.el.p(item.note, class_name="tl-note")),
            rx.cond(item.visit != "", _visit(item.visit, item.visit_href)),
            class_name="tl-body",
        ),
        class_name=kind,
        aria_current=when(item.current, "step"),
    )


def timeline(
    items: Value, footer: Value = "", changed_at: Value = "", changed_label: Value = ""
) -> rx.Component:
    """The chronology, past solid, future dotted; footer says where the estimates come from."""
    updated = rx.cond(
        changed_at != "", rx.el.span("À jour ", ago(changed_at, changed_label), class_name="now")
    )
    return card(
        "Chronologie",
        rx.el.ol(rx.foreach(items, _event), class_name="tl", role="list"),
        rx.cond(footer != "", rx.el.p(footer, class_name="card-foot")),
        aside=updated,
        id_="chronologie",
    )


def section_links(*links: tuple[str, str]) -> rx.Component:
    """Phone only: jump to a card of the page; (label, "#id")."""
    return rx.el.nav(
        *[anchor(label, href=href) for label, href in links],
        class_name="jump only-phone",
        aria_label="Dans cette page",
    )
