"""Every form of the portal is a declared one: labelled, refused in French beside its field, what was typed kept.

Seen to fail: a page with an `rx.el.form` of its own; a handler that reads a field of `form` by hand and says nothing
of it; a declaration without label.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.app import app
from components.kit import declared
from components.kit.base import Option
from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Kind
from state.kit.form import Draft, with_faults
from state.money.simulator import Simulator
from tests.state.kit.test_registry import registered
from tests.state.pipeline import Json
from tests.state.world import World

ROOT = Path(__file__).parents[3]
_MAKERS = ("rx.el.form", "rx.el.input", "rx.el.select", "rx.el.textarea")
_HELPERS = {
    "components.kit.forms": {
        "field", "line", "select", "select_field", "textarea_field", "password_field", "new_password_field",
    },
    "components.kit.picks": {"pick", "radios", "radio_group"},
}  # fmt: skip
"""What the kit makes fields with, by its module: for its renderer of declarations."""
BY_HAND = {
    "components/scheduling/offer_effect.py": "the post, and the choice for each appointment that is hit, live",
    "components/scheduling/booking.py": "tiles of days and hours, each live",
    "components/signals/preferences.py": "boxes, each kept as it is ticked",
    "components/signals/alerts.py": "to whom an alert is given, at once",
    "components/money/payments.py": "the period of an instant search",
    "components/border/handled.py": "a file",
    "components/border/control.py": "the results of a step, live, from its declaration",
    "components/scheduling/wanted.py": "tiles of what is booked, each live",
    "app/pages/border/follow_up.py": "filters, live",
    "app/pages/signals/agent.py": "filters, live",
    "app/pages/signals/notifications.py": "filters, live",
}
"""Where fields stand that are not those of a declared form, and what they are."""


def _forms(form: type[Form] = Form) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        if one.__module__.startswith("models."):
            yield one
        yield from _forms(one)


assert app is not None
FORMS = sorted(set(_forms()), key=lambda form: (form.__module__, form.__name__))
FIELDS = [pytest.param(form, name, id=f"{form.__name__}.{name}") for form in FORMS for name in form.asked]


def _helpers(tree: ast.Module) -> set[str]:
    """What the makers of the kit are called in that module."""
    called = {f"{module.rpartition('.')[2]}.{name}" for module, names in _HELPERS.items() for name in names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in _HELPERS:
            names = _HELPERS[node.module]
            called |= {alias.asname or alias.name for alias in node.names if alias.name in names}
    return called


def _made_by_hand() -> set[str]:
    paths = (*ROOT.glob("components/**/*.py"), *ROOT.glob("app/pages/**/*.py"))
    trees = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in paths}
    return {
        name
        for name, tree in trees.items()
        if not name.startswith("components/kit/")
        and {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        & {*_MAKERS, *_helpers(tree)}
    }


def test_no_form_is_made_by_hand() -> None:
    """SES-50: outside the kit, fields come from a declaration."""
    assert _made_by_hand() == set(BY_HAND)


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_every_field_is_labelled_and_refuses_in_french(form: type[Form], name: str) -> None:
    """SES-50: an English name, a French label, sentences that say what to do, without a straight apostrophe."""
    asked = form.asked[name]
    assert asked.label
    assert name.isascii()
    for said in (asked.missing, asked.invalid):
        assert not said or (said.endswith(".") or "\u00a0" in said), said
        assert "'" not in said


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_every_error_is_tied_to_its_field(form: type[Form], name: str) -> None:
    """SES-50: the summary leads to an id that the field has; the error, and the hint, describe it."""
    asked = form.asked[name]
    draft = with_faults(form, Draft(), {name: "Faux."})
    assert draft.wrong[0].href == f"#{form.id_of(name)}"
    if asked.kind in (Kind.HIDDEN, Kind.TICK):
        return
    offered = None if asked.choices or asked.kind is not Kind.SELECT else [Option("a", "Un")]
    markup = str(declared.control(form, name, Simulator.draft, choices=offered))
    assert f'id:"{form.id_of(name)}"' in markup
    assert f"{form.id_of(name)}-error" in markup
    assert '"aria-invalid"' in markup
    assert json.dumps(asked.label).strip('"').lower() in markup.lower()


def test_no_two_forms_of_a_page_share_an_id() -> None:
    """A label leads to one field: forms with the same key are of different pages."""
    keyed = [form.key for form in FORMS if form.key]
    assert len(keyed) == len(set(keyed))


WRONG: dict[str, tuple[str | None, str, Json, str]] = {
    "People.invite": ("correspondante", "/entreprise", {"email": "nora@"}, "email"),
    "Mandated.give": ("correspondante", "/entreprise", {"software": ""}, "software"),
    "Verification.search": (None, "/verifier", {"number": "CTX-7"}, "number"),
    "Simulator.compute": (None, "/simulateur", {"goods": "beaucoup", "vat_rate": "20"}, "goods"),
    "Assistance.send": (None, "/aide", {"name": "Ana", "email": "ana@", "text": "Trop"}, "email"),
    "GiveOpinion.send": (None, "/avis", {"rating": "9", "comment": "Clair"}, "rating"),
    "Matching.check": ("sivep", "/agent/rattachements", {"siren": "912345676"}, "siren"),
    "UnknownPosts.check": ("sivep", "/agent/rattachements", {"known": "", "name": "Quai"}, "known"),
    "NoticeSettings.keep_quiet": ("importateur", "/notifications/reglages", {"quiet_from": "25:00"}, "quiet_from"),
    "Alerts.check": ("superviseur", "/agent/alertes", {"opens_at": "dix", "closes_at": "1"}, "opens_at"),
    "Booking.confirm": ("importateur", "/rendez-vous/nouveau", {"contact_phone": "12"}, "contact_phone"),
    "OfferPage.save_hours": ("sivep", "/agent/offre", {"service": "food", "monday": "on", "opens": "25:00"}, "opens"),
    "OfferPage.add_closure": ("sivep", "/agent/offre", {"what": "post", "from_day": "demain"}, "from_day"),
    "OfferPage.save_bay": ("sivep", "/agent/offre", {"name": "", "dry": "on"}, "name"),
    "OfferPage.save_lengths": ("sivep", "/agent/offre", {"identity_dry_first": "2"}, "identity_dry_first"),
    "OfferPage.save_terms": ("sivep", "/agent/offre", {"department": "76", "wood_days": "peu"}, "wood_days"),
    "OfferPage.look": ("superviseur", "/agent/offre", {"containers": "100"}, "containers"),
}  # fmt: skip
"""Who sends what wrong from where, and the field that says so."""
DRAFTS = {
    "OfferPage.save_hours": "hours_form",
    "OfferPage.add_closure": "closure_form",
    "OfferPage.save_bay": "bay_form",
    "OfferPage.save_lengths": "lengths_form",
    "OfferPage.save_terms": "terms_form",
    "OfferPage.look": "preview_form",
}
"""Where a page with several forms keeps that one."""
OTHERWISE = {
    "OfferPage.save": "an act: tests/state/scheduling/test_offer.py",
    "ConsignmentPage.undo": "an act: tests/state/border/test_recording.py",
    "AppointmentPage.cancel": "an act, whose reason is optional",
    "AppointmentPage.decline": "an act: tests/state/scheduling/test_appointments.py",
    "Planning.answer": "an act: tests/state/scheduling/test_planning_changes.py",
    "Planning.check_in": "the gate answers beside its field",
    "Planning.go": "an address",
    "Planning.drop": "nobody types it",
    "NoticeSettings.subscribe": "nobody types it",
    "Assistance.ask": "a conversation",
    **dict.fromkeys(("Assistance.search", "Dashboard.search", "FollowUp.search"), "a search"),
}  # fmt: skip


def test_every_handler_of_a_form_is_tried_with_something_wrong() -> None:
    """SES-50: or says why not."""
    takes = {
        name
        for name, one in registered().items()
        if "form" in getattr(one.handler.fn, "__annotations__", {}) and hasattr(one.handler.fn, "__policy__")
    }
    assert takes == set(WRONG) | set(OTHERWISE)


@pytest.mark.parametrize("handler", WRONG)
async def test_ses_50_what_is_wrong_is_told_and_what_was_typed_stays(world: World, handler: str) -> None:
    """SES-50: beside its field, in French, and nothing is lost."""
    who, page, form, name = WRONG[handler]
    tab = await world.tab(who)
    await tab.connect(page)
    await tab.send(handler, {"form": form})
    draft = tab.shown[handler.partition(".")[0]][DRAFTS.get(handler, "draft")]
    assert draft["errors"][name].endswith(".")
    assert {key: draft["typed"][key] for key in form} == form
    assert any(wrong["href"].endswith(name) for wrong in draft["wrong"])
