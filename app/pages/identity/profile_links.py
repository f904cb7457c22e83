"""The part of /profil about the co-owners (PPR-08)."""

import reflex as rx

from components.identity import links
from components.kit import layout
from models.identity.habilitations.forms import CustomsPasswordForm
from state.identity.links import Links


def links_card() -> rx.Component:
    """Links and habilitations, co-owner by co-owner; nothing for officers, who have none."""
    return rx.fragment(
        links.said(Links.done_title, Links.done, Links.error_title, Links.error),
        rx.cond(
            Links.offered,
            layout.card(
                "Vos comptes rattachés",
                rx.el.p(
                    "Une fois rattaché, vous passez d’ici aux services de l’administration sans vous y reconnecter. "
                    "Vos habilitations viennent d’elle, et se demandent chez elle.",
                    class_name="hint",
                ),
                links.co_owners(Links.links, CustomsPasswordForm),
            ),
        ),
    )
