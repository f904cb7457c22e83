"""Help: questions and answers, the assistant, the hotline, the acknowledgement of a request; opinions."""

from collections.abc import Sequence

import reflex as rx

from components.kit import declared
from components.kit.base import Value, instant_search, link, search_input, vh
from components.kit.feedback import note
from components.kit.forms import button, submit
from components.kit.icons import icon


def search_box(value: Value, on_submit: Value) -> rx.Component:
    """A few words to look up among the questions."""
    return instant_search(
        rx.el.label("Rechercher dans les questions", html_for="faq", class_name="lab"),
        rx.el.div(
            search_input(value, id="faq"),
            submit("Rechercher", kind="2", lead="search"),
            class_name="help-search",
        ),
        on_submit=on_submit,
        class_name="field",
    )


def _more(href: Value, label: Value) -> rx.Component:
    leads = rx.el.p(link(label, href=href))
    if isinstance(href, str):
        return leads if href else rx.fragment()
    return rx.cond(href != "", leads)


def entry(one: Value, open_: Value = True) -> rx.Component:
    """A question that opens on its answer: {question, answer, href, link}; open_: whether its link leads somewhere."""
    return rx.el.details(
        rx.el.summary(rx.el.span(one.question), icon("chevron-down", 20)),
        rx.el.p(one.answer),
        rx.cond(open_, _more(one.href, one.link)),
        class_name="faq",
    )


def theme(title: str, entries: Sequence[tuple[Value, Value]]) -> rx.Component:
    """The questions of one theme, each with whether its link leads somewhere for who reads it."""
    return rx.el.div(
        rx.el.h3(title, class_name="h3"),
        *[entry(question, open_) for question, open_ in entries],
        class_name="faq-theme",
    )


def results(found: Value, counted: Value) -> rx.Component:
    """What the search found, or what to do when it found nothing; how many they are is announced."""
    nothing = note(
        "info",
        "Aucune question ne parle de cela",
        rx.el.p(
            "Essayez d’autres mots, demandez à l’assistant, ou écrivez-nous\u00a0: ",
            link("formulaire", href="#demande"),
        ),
    )
    return rx.fragment(
        rx.el.p(counted, class_name="meta", role="status"),
        rx.cond(found.length() > 0, rx.foreach(found, entry), nothing),
    )


def chat(form: Value, turns: Value, on_submit: Value) -> rx.Component:
    """The assistant: it answers from the questions, and says when it does not know."""
    return rx.el.section(
        rx.el.h2("Assistant", class_name="h2"),
        rx.el.p(
            "Un programme, pas une personne. Rien de ce que vous écrivez ici n’est gardé.", class_name="meta"
        ),
        rx.el.div(
            rx.el.ol(rx.foreach(turns, _turn), class_name="chat", role="list"),
            role="log",
            aria_label="Conversation",
            tab_index=0,
        ),
        declared.form(
            form,
            None,
            declared.beside(
                form, "question", submit(vh("Demander"), kind="1", lead="send"), class_name="help-search"
            ),
            on_submit=on_submit,
            reset_on_submit=True,
            class_name="field",
        ),
        class_name="pcard",
    )


def _turn(turn: Value) -> rx.Component:
    return rx.el.li(
        vh(rx.cond(turn.mine, "Vous\u00a0: ", "Assistant\u00a0: ")),
        rx.el.p(turn.text),
        _more(turn.href, turn.link),
        class_name=rx.cond(turn.mine, "turn-mine", "turn-theirs"),
    )


def hotline(hours: Value) -> rx.Component:
    """When somebody answers by telephone, and how they can look at the same screen."""
    return rx.el.section(
        rx.el.h2("Assistance téléphonique", class_name="h2"),
        rx.el.p(
            icon("phone", 18),
            rx.el.strong(hours),
            class_name="help-hours",
        ),
        rx.el.p("Du lundi au vendredi, de 8\u00a0h à 18\u00a0h, heure de Paris, sauf jours fériés."),
        rx.el.p(
            "Le numéro figure sur l’accusé de réception de votre demande. Avec votre accord, la personne qui vous "
            "répond peut regarder votre écran\u00a0: elle vous dicte un code, et vous arrêtez quand vous voulez.",
            class_name="soft",
        ),
        class_name="pcard",
    )


def acknowledgement(receipt: Value) -> rx.Component:
    """What was filed, when, under which reference, who answers, and what if nobody does (COM-12)."""
    return note(
        "ok",
        rx.fragment("Demande ", receipt.reference, " enregistrée"),
        rx.el.p(
            "Reçue le ", receipt.at, " par ", receipt.service, ". Réponse attendue sous ", receipt.expected, " à ",
            receipt.email, ". Sans réponse passé ce délai, rappelez cette référence au téléphone.",
        ),
    )  # fmt: skip


def request_row(row: Value, on_answered: Value) -> rx.Component:
    """A request, in the service's list: {reference, subject, at, who, email, text, waiting}."""
    return rx.el.li(
        rx.el.div(rx.el.h3(row.subject, class_name="h3"), rx.el.span(row.at, class_name="meta"), class_name="card-head"),
        rx.el.p(row.who, " ", rx.el.span(row.email, class_name="meta")),
        rx.el.p(row.text, class_name="help-text"),
        rx.el.div(
            rx.el.span(row.reference, class_name="ref"),
            rx.cond(
                row.waiting,
                button("Répondue", vh("\u00a0: demande ", row.reference), kind="2", compact=True, on_click=on_answered(row.reference)),
                rx.el.span("Répondue", class_name="meta"),
            ),
            class_name="card-head",
        ),
        class_name="act",
    )  # fmt: skip


def opinion_row(row: Value) -> rx.Component:
    """An opinion, in the service's list: {rating, page, at, comment, fresh}."""
    return rx.el.li(
        rx.el.div(
            rx.el.h3(
                row.rating, rx.cond(row.fresh, rx.el.span(" · non lu", class_name="meta")), class_name="h3"
            ),
            rx.el.span(row.at, class_name="meta"),
            class_name="card-head",
        ),
        rx.el.p(row.page, class_name="meta"),
        rx.cond(row.comment != "", rx.el.p(row.comment, class_name="help-text")),
        class_name="act",
    )
