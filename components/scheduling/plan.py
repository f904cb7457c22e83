"""The plan of a post: its bays hour by hour, its list on a narrow screen, its week, its load."""

import reflex as rx

from components.kit import declared
from components.kit.base import Value, link, vh, when
from components.kit.icons import icon

PANEL = "rdv"
_ICONS = {
    "requested": "circle-help",
    "confirmed": "clock",
    "arrived": "map-pin",
    "started": "play",
    "done": "flag",
    "not_presented": "user-x",
    "turned_away": "ban",
    "refused": "ban",
    "proposed": "clock-arrow-up",
}


def status_icon(status: Value, size: int = 16) -> rx.Component:
    """The icon of an appointment's status; its word always stands beside it."""
    return rx.match(status, *[(code, icon(name, size)) for code, name in _ICONS.items()], icon("x", size))


def status_word(one: Value) -> rx.Component:
    """Icon and word: {status, status_label}."""
    return rx.el.span(
        status_icon(one.status), rx.el.span(one.status_label), class_name="ap-st ap-st-" + one.status
    )


def _opens(block: Value, on_show: Value) -> Value:
    return {
        "type": "button",
        "aria_haspopup": "dialog",
        "custom_attrs": {"data-opens": PANEL},
        "on_click": on_show(block.reference),
    }


def _block(block: Value, on_show: Value) -> rx.Component:
    inside = rx.el.button(
        rx.el.span(
            rx.el.time(block.time, date_time=block.iso), status_icon(block.status), class_name="ap-when"
        ),
        rx.el.span(block.title, class_name="ap-what"),
        rx.el.span(block.company, class_name="ap-who"),
        rx.el.span(
            rx.el.span(block.status_label, class_name="ap-word"),
            rx.cond(block.note != "", rx.el.span(", ", block.note)),
            class_name="ap-state",
        ),
        class_name="ap-b ap-" + block.status,
        title=block.title,
        **_opens(block, on_show),
    )
    return rx.el.li(
        inside,
        key=block.key,
        class_name=rx.cond(
            block.span < 3, "ap-li ap-short ap-tiny", rx.cond(block.span < 4, "ap-li ap-short", "ap-li")
        ),
        style={"--at": block.at, "--span": block.span},
        custom_attrs={"data-rdv": block.reference, "draggable": rx.cond(block.movable, "true", "false")},
    )


def _bay(bay: Value, on_show: Value) -> rx.Component:
    band = lambda one: rx.el.div(  # noqa: E731
        rx.el.span(one.label, class_name="ap-band-t"),
        class_name="ap-band",
        style={"--at": one.at, "--span": one.span},
        key=one.key,
    )
    return rx.el.section(
        rx.el.h3(bay.name, class_name="ap-bay-h"),
        rx.el.div(
            rx.foreach(bay.bands, band),
            rx.el.ol(rx.foreach(bay.blocks, lambda one: _block(one, on_show)), role="list"),
            class_name="ap-bay-in",
            custom_attrs={"data-bay": bay.key},
        ),
        class_name="ap-bay",
        key=bay.key,
    )


def day_grid(grid: Value, on_show: Value, step: Value) -> rx.Component:
    """A day by bay: {rows, iso, now, now_label, hours [{at, label}], bays [{key, name, blocks, bands}]}."""
    hour = lambda one: rx.el.div(  # noqa: E731
        rx.el.span(one.label), class_name="ap-hour", style={"--at": one.at}
    )
    now = rx.el.div(
        rx.el.span(grid.now_label, class_name="ap-now-t"),
        class_name="ap-now",
        style={"--now": grid.now},
        custom_attrs={"data-now": grid.iso, "data-zone": grid.zone},
    )
    return rx.el.div(
        rx.el.div(
            rx.el.div(rx.foreach(grid.hours, hour), class_name="ap-hours", aria_hidden="true"),
            rx.cond(grid.now >= 0, now),
            rx.foreach(grid.bays, lambda bay: _bay(bay, on_show)),
            class_name="ap-grid",
            style={"--rows": grid.rows, "--bays": grid.bays.length()},
            custom_attrs={"data-top": grid.iso, "data-step": step},
        ),
        class_name="ap-scroll",
        role="region",
        aria_label="Plan par quai",
        tab_index=0,
    )


def lines(rows: Value, on_show: Value, name: str) -> rx.Component:
    """Appointments one under the other, in the order of the clock."""

    def one(row: Value) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.time(row.time, date_time=row.iso, class_name="ap-line-t"),
                rx.el.span(
                    rx.el.span(row.title, class_name="ap-what"),
                    rx.el.span(
                        status_word(row),
                        rx.el.span(row.bay),
                        rx.el.span(row.company),
                        rx.cond(row.note != "", rx.el.span(row.note, class_name="ap-note")),
                        class_name="ap-line-m",
                    ),
                    class_name="ap-line-b",
                ),
                rx.cond(
                    row.next_label != "",
                    rx.el.span(row.next_label, class_name="ap-next"),
                    icon("chevron-right", 20),
                ),
                class_name="ap-line ap-line-" + row.status,
                **_opens(row, on_show),
            ),
            key=row.key,
        )

    return rx.el.ol(rx.foreach(rows, one), role="list", aria_label=name, class_name="ap-lines")


def folded(title: str, words: Value, rows: Value, on_show: Value, extra: str = "") -> rx.Component:
    """What is over, in one line that opens."""
    return rx.cond(
        rows.length() > 0,
        rx.el.details(
            rx.el.summary(icon("chevron-right", 18), rx.el.strong(title), " ", rx.el.span(words)),
            lines(rows, on_show, title),
            class_name=f"ap-fold {extra}",
            custom_attrs={"data-unfold-print": ""},
        ),
    )


def _half(half: Value, label: str) -> rx.Component:
    return rx.el.td(
        rx.cond(
            half.offered,
            rx.el.span(rx.el.span(style={"width": half.width}), class_name="ap-bar", aria_hidden="true"),
        ),
        rx.el.span(half.words, class_name=rx.cond(half.full, "ap-load-n ap-full", "ap-load-n")),
        rx.cond(half.full, vh(", complet")),
        custom_attrs={"data-label": label},
    )


def load(rows: Value) -> rx.Component:
    """Quarters of an hour taken and offered: {service, morning, afternoon {words, width, full, offered}}."""
    row = lambda one: rx.el.tr(  # noqa: E731
        rx.el.th(one.service, scope="row"), _half(one.morning, "Matin"), _half(one.afternoon, "Après-midi")
    )
    head = rx.el.tr(
        rx.el.th("Service", scope="col"), rx.el.th("Matin", scope="col"), rx.el.th("Après-midi", scope="col")
    )
    return rx.cond(
        rows.length() > 0,
        rx.el.table(
            rx.el.caption("Charge des inspecteurs, en quarts d’heure pris sur offerts", class_name="meta"),
            rx.el.thead(head),
            rx.el.tbody(rx.foreach(rows, row)),
            class_name="ap-load",
        ),
    )


def bay_loads(rows: Value) -> rx.Component:
    """How full each bay is: {name, words, width}."""
    item = lambda bay: rx.el.li(  # noqa: E731
        rx.el.span(bay.name, class_name="ap-bl-n"),
        rx.el.span(rx.el.span(style={"width": bay.width}), class_name="ap-bar", aria_hidden="true"),
        rx.el.span(bay.words, vh(" quarts d’heure pris"), class_name="ap-load-n"),
    )
    return rx.el.ul(rx.foreach(rows, item), role="list", class_name="ap-bl")


def closed(words: Value) -> rx.Component:
    """Which services do not inspect that day, and why."""
    return rx.foreach(words, lambda one: rx.el.p(icon("lock", 16), one, class_name="ap-closed"))


def reopening(around: Value) -> rx.Component:
    """The way to the next day on which the post inspects: {reopens, reopens_at}."""
    return rx.cond(
        around.reopens != "",
        rx.el.p(link("Prochain jour d’inspection : ", around.reopens, href=around.reopens_at)),
    )


def week(days: Value, on_show: Value) -> rx.Component:
    """Seven days: title, counts, load by bay, list."""

    def one(day: Value) -> rx.Component:
        return rx.el.section(
            rx.el.div(
                rx.el.h2(link(day.title, href=day.href), class_name="h3"),
                rx.cond(day.today, rx.el.span("Aujourd’hui", class_name="ap-today")),
                rx.el.span(day.counts, class_name="meta"),
                class_name="card-head",
            ),
            closed(day.closed),
            bay_loads(day.bays),
            rx.cond(day.lines.length() > 0, lines(day.lines, on_show, "Rendez-vous")),
            class_name=rx.cond(day.today, "pcard ap-day ap-day-now", "pcard ap-day"),
            key=day.key,
        )

    return rx.el.div(rx.foreach(days, one), class_name="ap-week")


def on_paper() -> rx.Component:
    """A4 landscape, for as long as the page that holds it is open: a stylesheet would turn every page."""
    return rx.el.style("@page { size: A4 landscape; margin: 10mm }")


def toolbar(form: Value, around: Value, on_go: Value) -> rx.Component:
    """Day or week, before and after, today, another day or post, and the printer."""
    kinds = rx.el.ul(
        rx.el.li(
            link("Jour", href=around.by_day, aria_current=when(~around.weekly, "true"), class_name="chip")
        ),
        rx.el.li(
            link("Semaine", href=around.by_week, aria_current=when(around.weekly, "true"), class_name="chip")
        ),
        role="list",
        class_name="ap-kinds",
    )
    steps = rx.el.div(
        link(icon("chevron-left"), vh("Avant"), href=around.previous, class_name="icon-btn"),
        rx.el.h2(around.period, class_name="ap-period", aria_live="polite"),
        link(icon("chevron-right"), vh("Après"), href=around.next, class_name="icon-btn"),
        rx.cond(around.today != "", link("Aujourd’hui", href=around.today, class_name="btn btn-2 btn-s")),
        class_name="ap-steps",
    )
    choose = declared.form(
        form,
        None,
        rx.cond(
            around.posts.length() > 1,
            declared.control(
                form, "post", choices=around.posts, default_value=around.post, key=around.post, quiet=True
            ),
        ),
        declared.control(form, "day", default_value=around.day, key=around.day, quiet=True),
        rx.el.button("Afficher", type="submit", class_name="btn btn-2 btn-s"),
        on_submit=on_go,
        class_name="ap-choose",
    )
    printer = rx.el.button(
        icon("printer"),
        "Imprimer",
        type="button",
        class_name="btn btn-2 btn-s",
        custom_attrs={"data-prints": ""},
    )
    return rx.el.nav(kinds, steps, choose, printer, class_name="ap-tools", aria_label="Jour affiché")
