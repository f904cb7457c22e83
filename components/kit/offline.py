"""What the browser keeps to show when it is offline (assets/js/worker.js reads it)."""

import reflex as rx

from components.kit.base import Value


def keeper(rows: Value, company: Value, owner: Value) -> rx.Component:
    """The list as it stands, for this person and this company: nothing that is not on screen."""
    return rx.el.div(
        hidden=True,
        custom_attrs={"data-kept": rows.to_string(), "data-company": company, "data-kept-owner": owner},
    )


def ticket_keeper(ticket: Value, owner: Value) -> rx.Component:
    """The ticket as it stands, for this person and this company: its code opens the gate without a network."""
    return rx.el.div(
        hidden=True, custom_attrs={"data-ticket": ticket.to_string(), "data-ticket-owner": owner}
    )
