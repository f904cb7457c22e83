"""/agent/alertes: the alerts of the officer's posts, live, and the thresholds for who sets them (SES-20, SES-21)."""

from dataclasses import replace
from typing import ClassVar

import reflex as rx
from sqlmodel import select

from models.border.passage.words import CHED_TYPES, STEPS
from models.identity.accounts.viewer import Viewer
from models.kernel import clock, french
from models.kernel.database import DbSession, read
from models.kernel.forms.inputs import TICKED
from models.kernel.refusal import Refusal
from models.kernel.stamps import CHANGED, stamp
from models.posts.tables import Post
from models.signals.alerts import actions
from models.signals.alerts.forms import ThresholdForm
from models.signals.alerts.policy import may_set_thresholds, may_watch, of_alerts
from models.signals.alerts.queries import alerts as queries
from models.signals.alerts.thresholds import Proposed, preview, set_threshold
from models.signals.alerts.words import QUANTITIES
from state.kit.deltas import put
from state.kit.fields import Choice, colleagues, read_key
from state.kit.form import FormScreen
from state.kit.guard import Stamp, Ticked, Word, allow
from state.kit.screen import ActScreen, Scope, dismissing
from state.kit.session import Session
from state.signals.alert_rows import AlertCard, ThresholdRow, alert_card, raised, threshold_row
from state.signals.threshold_form import Editing, adding, editing, known_of, proposed

QUANTITY_CHOICES = list(QUANTITIES.items())
TYPE_CHOICES = [("", "Tous les types"), *CHED_TYPES.items()]
STEP_CHOICES = [("", "Toutes les étapes"), *STEPS.items()]


class Alerts(FormScreen, ActScreen, rx.State):
    """The open alerts, the last that closed, and the thresholds."""

    _scope: ClassVar = Scope(may_watch, of_alerts)

    subtitle: str = ""
    cards: list[AlertCard] = []  # noqa: RUF012 - Reflex copies defaults for each state
    closed: list[AlertCard] = []  # noqa: RUF012
    people: dict[str, list[Choice]] = {}  # noqa: RUF012
    """Who may take care of the alerts of each post, by its name."""
    sets: bool = False
    thresholds: list[ThresholdRow] = []  # noqa: RUF012
    posts: list[Choice] = []  # noqa: RUF012
    editing: Editing = Editing()
    _wanted: Proposed | None = None
    """The threshold that was checked."""

    @rx.event
    @allow(may_watch)
    async def load(self, viewer: Viewer) -> None:
        """Open the alerts, and follow them live from now on."""
        self.editing = Editing()
        await self._open(viewer)

    @rx.event
    @allow(may_watch, act=True)
    async def acknowledge(self, viewer: Viewer, alert: Word, shown: Stamp) -> Refusal | None:
        """Say that an alert was seen; it stays listed, and closes by itself."""
        refusal = await actions.acknowledge(viewer, read_key(alert), shown)
        return await self._after(viewer, refusal, "Alerte acquittée.")

    @rx.event
    @allow(may_watch, act=True)
    async def assign(self, viewer: Viewer, alert: Word, account: Word, shown: Stamp) -> Refusal | None:
        """Say who takes care of an alert; nobody any more when `account` is empty."""
        sentence = "Alerte attribuée." if account else "L’alerte n’est plus attribuée."
        whom = None if account == "" else read_key(account)
        return await self._after(viewer, await actions.assign(viewer, read_key(alert), whom, shown), sentence)

    dismiss = dismissing(may_watch)

    @rx.event
    @allow(may_set_thresholds)
    async def edit(self, _viewer: Viewer, threshold: Word) -> None:
        """Open the form of a threshold; of a new one when none is named."""
        known = await read(queries.thresholds)
        chosen = next((possible for possible in known if str(possible.id) == threshold), None)
        self.editing = editing(chosen, await read(_posts)) if chosen else adding()
        self._blank(known_of(chosen) if chosen else {"active": TICKED})
        self._wanted = None
        self._hush()

    @rx.event
    @allow(may_set_thresholds)
    async def check(self, viewer: Viewer, form: Ticked) -> None:
        """Show what the threshold would raise today, before it is set."""
        now, typed = replace(self.get_value("editing"), error=""), self._read(ThresholdForm, form)
        self.editing, self._wanted = now, None
        if typed is None:
            return
        wanted = proposed(typed, now)
        founds = await preview(viewer, wanted)
        if isinstance(founds, Refusal):
            self.editing = replace(now, error=founds.reason)
            return
        self._wanted = wanted
        sentence, lines = raised(founds, await read(_posts))
        about = (now.title, now.where, wanted, sentence, *lines)
        self.editing = replace(now, checked=True, raises=sentence, lines=lines, stamp=stamp(*about))

    @rx.event
    @allow(may_set_thresholds)
    async def back(self, _viewer: Viewer) -> None:
        """Correct what was typed."""
        self.editing = replace(self.get_value("editing"), checked=False, raises="", lines=[])

    @rx.event
    @allow(may_set_thresholds, act=True)
    async def keep(self, viewer: Viewer, shown: Stamp) -> Refusal | None:
        """Set the threshold that was checked, as it was checked."""
        was: Editing = self.get_value("editing")
        wanted: Proposed | Refusal = self.get_value("_wanted") or Refusal(
            "Vérifiez d’abord ce que ce seuil lèverait."
        )
        if shown != was.stamp:
            wanted = CHANGED
        refusal = wanted if isinstance(wanted, Refusal) else await set_threshold(viewer, wanted)
        self.editing, self._wanted = Editing(), None
        sentence = "Seuil enregistré\u00a0: les alertes suivent."
        return await self._after(viewer, refusal, sentence)

    async def _fill(self, viewer: Viewer) -> None:
        now = clock.now()
        shown, closed, (count, waiting), people, names = await read(lambda db: _screen(db, viewer))
        put(await self.get_state(Session), alert_count=waiting)
        sets = may_set_thresholds(viewer) is None
        known = await read(queries.thresholds) if sets else []
        put(
            self,
            cards=[alert_card(visit, now, viewer.posts) for visit in shown],
            closed=[alert_card(visit, now, ()) for visit in closed],
            people={names.get(post, post): colleagues(there, viewer) for post, there in people.items()},
            subtitle=_subtitle(count, waiting),
            sets=sets,
            thresholds=[threshold_row(threshold, names) for threshold in known],
            posts=[Choice("", "Tous les postes"), *(Choice(*named_post) for named_post in names.items())]
            if sets
            else [],
        )


_Screen = tuple[
    list[queries.Shown],
    list[queries.Shown],
    tuple[int, int],
    dict[str, list[tuple[int, str]]],
    dict[str, str],
]


def _screen(db: DbSession, viewer: Viewer) -> _Screen:
    return (
        queries.open_for(db, viewer),
        queries.closed_for(db, viewer),
        queries.count_open(db, viewer),
        queries.colleagues(db, viewer),
        _posts(db),
    )


def _posts(db: DbSession) -> dict[str, str]:
    return dict(db.exec(select(Post.code, Post.name).order_by(Post.name)).all())


def _subtitle(count: int, waiting: int) -> str:
    if count == 0:
        return "Aucune alerte ouverte"
    ones = french.plural(count, "alerte ouverte", "alertes ouvertes")
    return f"{ones}, {french.number(waiting)} à acquitter" if waiting else f"{ones}, toutes acquittées"
