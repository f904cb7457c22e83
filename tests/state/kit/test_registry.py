"""Every door that a browser can knock at, and who answers: nothing is open by accident (SES-04, SES-05)."""

import inspect
import logging
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
import reflex as rx
from pydantic import ConfigDict, TypeAdapter, ValidationError
from reflex.state import EventHandlerSetVar
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from app.app import app
from state.kit.guard import Stamp, allow, anyone
from state.kit.registration import states
from tests.state.acting import STAMPS
from tests.state.handlers import OURS
from tests.state.pipeline import full_name
from tests.state.world import DOSSIERS, World

REFLEX = {
    "State.hydrate",
    "State.hydrate_and_load",
    "State.set_is_hydrated",
    "FrontendEventExceptionState.handle_frontend_exception",
    "UpdateVarsInternalState.update_vars_internal",
    "OnLoadInternalState.on_load_internal",
    "OnLoadInternalState.set_is_hydrated",
}
SCREENS = tuple(state.__name__ for state in states())
"""Every State of ours, as it registered itself."""
BUILT_IN_STATES = (
    "State",
    "FrontendEventExceptionState",
    "UpdateVarsInternalState",
    "OnLoadInternalState",
    "SharedStateBaseInternal",
)
# A public attribute `set_x` that setvar could reach; the guarded ones run as coroutines that nobody awaits.
REACHABLE = {"set_is_hydrated", "set_step", "set_time", "set_outcome", "set_reason", "set_note"}
REACHABLE |= {"set_measure", "set_due_on"}


def test_ses_04_a_tab_that_changes_hands_forgets_every_screen() -> None:
    """SES-04: a State that did not register itself would be handed to the next person.

    Seen to fail: a `class Left(rx.State)` in a module of state/.
    """
    known = RegistrationContext.get().base_states.values()
    assert {cls for cls in known if cls.__module__.startswith("state.")} == set(states())
    assert len(set(SCREENS)) == len(SCREENS) > 30


def registered() -> dict[str, RegisteredEventHandler]:
    """The handlers of the production application, by `Class.handler`."""
    assert app is RegistrationContext.get().app
    context = RegistrationContext.get()
    return {
        f"{context.base_states[path.rpartition('.')[0]].__name__}.{path.rpartition('.')[2]}": handler
        for path, handler in context.event_handlers.items()
    }


def without_policy(handlers: dict[str, RegisteredEventHandler]) -> set[str]:
    """Handlers that do not come from the guard."""
    return {name for name, one in handlers.items() if not hasattr(one.handler.fn, "__policy__")}


def test_every_handler_of_ours_is_known_and_declares_its_policy() -> None:
    """SES-04, SES-05: a handler without policy, or one that nobody expected, fails here."""
    mine = {name: one for name, one in registered().items() if name.partition(".")[0] in SCREENS}
    mine = {name: one for name, one in mine.items() if not isinstance(one.handler, EventHandlerSetVar)}
    assert without_policy(mine) == set()
    assert {name: one.handler.fn.__policy__ for name, one in mine.items()} == OURS


def test_every_act_is_known_and_says_on_what_it_was_shown() -> None:
    """SES-05, SES-11: what others feel is done once, and to what its author saw; the screen remembers what was done."""
    mine = registered()
    acts = {name for name in OURS if mine[name].handler.fn.__act__}
    assert acts == set(STAMPS)
    for name in acts:
        parameters = list(inspect.signature(mine[name].handler.fn).parameters)
        assert parameters[-1] == "shown", name
    states = {cls.__name__: cls for cls in RegistrationContext.get().base_states.values()}
    screens = {name.partition(".")[0] for name in acts}
    remembers = {
        name
        for name in screens
        if any("_spent" in getattr(one, "__annotations__", {}) for one in states[name].__mro__)
    }
    assert remembers == screens


def test_an_act_that_forgets_what_it_was_shown_on_is_refused() -> None:
    """When its module is read."""

    async def cancel(_self: rx.State, _viewer: object, reference: str) -> None:
        """No stamp."""

    with pytest.raises(TypeError, match="without saying on what it was shown"):
        allow(anyone, act=True)(cancel)


def test_nothing_else_answers() -> None:
    """The handlers that Reflex brings are these and no other; each is shown harmless below."""
    setvars = {f"{name}.setvar" for name in (*SCREENS, *BUILT_IN_STATES)}
    assert set(registered()) == set(OURS) | REFLEX | setvars


def test_a_handler_that_forgot_its_policy_is_found() -> None:
    """The test above does see what it is there for."""

    async def load(_self: rx.State) -> None:
        """No policy."""

    one = RegisteredEventHandler(handler=rx.EventHandler(fn=load), states=(rx.State,))
    assert without_policy({"Careless.load": one}) == {"Careless.load"}


def test_the_guard_is_what_runs() -> None:
    """A policy written on a function that does not check it would be worth nothing."""
    for name, one in registered().items():
        if name in OURS:
            assert one.handler.fn.__code__.co_name == "guarded", name
            assert "viewer" not in inspect.signature(one.handler.fn).parameters, name


def test_setvar_finds_no_setter() -> None:
    """Reflex writes none (state_auto_setters), and no helper of ours looks like one."""
    states = [cls for cls in RegistrationContext.get().base_states.values() if cls.__name__ in SCREENS]
    assert len(states) == len(SCREENS)
    found = {name for cls in states for name in dir(cls) if name.startswith("set_")}
    assert found == REACHABLE


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("var", ["refusal", "_reference", "file", "step", "reason", "reset", "__class__", ""])
async def test_setvar_sets_nothing(world: World, var: str) -> None:
    """SES-04: no variable of a screen can be written from outside."""
    logging.getLogger("reflex.app").setLevel(logging.CRITICAL)
    tab = await world.tab("sivep")
    await tab.connect(f"/suivi/{DOSSIERS['A_HAVRE'].reference}")
    before = dict(tab.shown["ConsignmentPage"])
    for screen in (*SCREENS, "State"):
        try:
            changes = await tab.send(f"{screen}.setvar", {"var_name": var, "value": "CHEDPP.FR.2026.7500005"})
        except AttributeError:
            changes = {}
        assert changes == {}
    await tab.go(tab.address)
    assert tab.shown["ConsignmentPage"]["file"]["reference"] == before["file"]["reference"]
    assert tab.shown["ConsignmentPage"]["step"] == before["step"]


async def test_client_storage_writes_nothing(world: World) -> None:
    """No variable of ours lives in the browser, so the handlers that bring some back have nothing to set."""
    tab = await world.tab("concurrent")
    path = full_name("ConsignmentPage.x").removesuffix(".x")
    stolen = {f"{path}._reference": DOSSIERS["A_HAVRE"].reference, f"{path}.refusal_rx_state_": "x"}
    await tab.connect("/suivi")
    assert await tab.send("UpdateVarsInternalState.update_vars_internal", {"vars": stolen}) == {}
    again = await tab.send("State.hydrate_and_load", {"vars": stolen, "hashes": []})
    assert again["ConsignmentPage"]["refusal"] == ""


async def test_hydration_flags_are_all_that_can_be_set(world: World) -> None:
    """A browser may spoil its own page, and nothing else."""
    tab = await world.tab("concurrent")
    await tab.connect("/suivi")
    for screen in ("State", "OnLoadInternalState"):
        changes = await tab.send(f"{screen}.set_is_hydrated", {"value": False})
        assert changes in ({}, {"State": {"is_hydrated": False}})


async def test_a_report_of_the_browser_changes_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Reflex's own error report ends in the log."""
    tab = await world.tab(None)
    await tab.connect("/")
    with caplog.at_level(logging.ERROR):
        report = {"info": "x" * 100, "component_stack": ""}
        assert await tab.send("FrontendEventExceptionState.handle_frontend_exception", report) == {}


HOSTILE = "Kerdrel\u202e semirp\u200b"


def _hostile(kind: Any) -> Iterator[Any]:
    """Values of that type that hold the hostile text, as far as it holds any text."""
    if get_origin(kind) is dict:
        yield from ({"note": one} for one in _hostile(get_args(kind)[1]))
    elif get_origin(kind) in (list, tuple):
        yield from ([one] for one in _hostile(get_args(kind)[0]))
    elif kind is str or any(one is str or list(_hostile(one)) for one in get_args(kind)):
        yield HOSTILE


def test_every_handler_is_given_legible_text() -> None:
    """COM-23: nothing that is not seen, or that turns the direction, in what others may read.

    Seen to fail: `Word`, `Line` or `Text` without `legible`.
    """
    given = 0
    for name, one in registered().items():
        kinds = one.handler.fn.__annotations__.values() if name in OURS else ()
        for kind in kinds:
            for sample in _hostile(kind):
                given += 1
                adapter = TypeAdapter(kind, config=ConfigDict(strict=True))
                if kind == Stamp:  # made by this portal, never a text: refused as a whole
                    with pytest.raises(ValidationError):
                        adapter.validate_python(sample)
                    continue
                taken = adapter.validate_python(sample)
                assert "Kerdrel semirp" in str(taken), (name, kind)
    assert given > 40
