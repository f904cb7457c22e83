"""What every page shares: its frame, bound to who is signed in, and the alerts in force (MET-11)."""

from typing import Any

import reflex as rx

from components.kit import feedback, layout, shell
from components.kit.base import link
from components.signals import outages, public
from state.kit.doors import door_of
from state.kit.ending import Ending
from state.kit.session import Session
from state.kit.trail import Trail
from state.signals.service_banner import ServiceBanner

SEARCHED = "Référence, marchandise"
"""What the search of the follow-up looks for, in its field and in that of the top bar."""
_LEAD_TO_SERVICES = frozenset({"tableau-de-bord", "suivi"})
"""The places from which one declares, and where consignments wait for customs."""


def _unreachable() -> rx.Component:
    """Said on every page until it is mended (SES-31)."""
    return rx.cond(
        Session.unreachable,
        feedback.note(
            "warn",
            "Votre adresse électronique ne reçoit plus nos messages",
            rx.el.p(
                "Son serveur les refuse. Vos notifications restent ici, dans le portail. Libérez la boîte si elle est "
                "pleine, ou ",
                link("donnez une autre adresse dans votre profil", href="/profil", class_name="tlink"),
                ".",
            ),
        ),
    )


def _of_the_portal() -> rx.Component:
    return outages.outages(ServiceBanner.portal, ServiceBanner.dismiss)


def _alerts(current: str) -> list[rx.Component]:
    """Those of the portal on every page; those of the services on the pages that lead to them."""
    if current not in _LEAD_TO_SERVICES:
        return [_of_the_portal()]
    return [_of_the_portal(), outages.outages(ServiceBanner.services, ServiceBanner.dismiss)]


def leads(href: str) -> rx.Var[bool] | bool:
    """Whether a link to that page leads somewhere for who is there: for who is not signed in, to the sign-in page."""
    door = door_of(href)
    return ~Session.me.signed_in | Session.me.doors.contains(door) if door else True


def back_link(label: str, href: str) -> rx.Component:
    """Back to where one came from in this tab; else to the list, for those who may open it."""
    above = rx.cond(leads(href), layout.back_link(label, href))
    return rx.cond(Trail.href != "", layout.back_link(Trail.label, Trail.href), above)


def _ending() -> rx.Component:
    """Tells the browser where the last action ended (state/kit/ending.py)."""
    return rx.el.span(hidden=True, custom_attrs={"data-ends": Ending.at})


def public_page(*content: Any) -> rx.Component:
    """A page that anybody may read, around `content`."""
    alerts = rx.el.div(_of_the_portal(), class_name="wrap")
    return public.frame(alerts, *content, _ending(), viewer=Session.me)


def signed_in_page(*content: Any, current: str) -> rx.Component:
    """A page of the shell, around `content`."""
    return shell.frame(
        *_alerts(current),
        _unreachable(),
        *content,
        _ending(),
        viewer=Session.me,
        searched=SEARCHED,
        current=current,
        unread=Session.unread_count,
        ended=Session.ended,
        switched=Session.switched,
        counts={
            "suivi": Session.action_count,
            "rendez-vous": Session.answer_count,
            "alertes": Session.alert_count,
            "rattachements": Session.unmatched_count,
        },
    )
