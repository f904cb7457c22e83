"""Every door has its line in the table of limits, and the table says what the code does (SES-53).

Seen to fail: with a route or a handler that has no line, with a window that a door enters without saying so, and with
a number changed in docs/security.md.
"""

import pytest

from app.app import app, strangers
from app.http.server import limit_doors, limits
from app.http.server.arrival import Arrival
from app.http.server.crowd import Crowded
from app.http.server.delivery import deliver
from app.http.server.limit_doors import EVERY_EVENT, EVERY_ROUTE, HANDLERS, ROUTES
from app.http.server.limit_table import LIMITS
from app.http.server.limits import Window
from app.http.server.rush import Rush
from app.sockets.failures import browser_failed, handler_failed
from app.sockets.namespace import Door
from models.identity.access.cookies import SESSION_COOKIE, session_cookie
from models.kernel.settings.portal import settings
from state.kit.guard import anyone
from tests.app.http.portal import bearer
from tests.attacks.policies import POLICIES, Policy
from tests.attacks.registry import Route, routes
from tests.attacks.test_routes import Portal, portal
from tests.state.handlers import OURS
from tests.state.world import DOSSIERS, World
from tests.support.accounts import cheap_passwords
from tools.print_limits import PAGE, page

__all__ = ["cheap_passwords", "portal"]


def test_every_route_has_its_line() -> None:
    """SES-53: a new route is bounded, and says how, or the build fails."""
    assert set(ROUTES) == routes()
    assert all(ROUTES.values()), "a route that nothing but the common limits holds: say so with `cheap`"


def test_every_handler_has_its_line() -> None:
    """SES-53: by screen for who is signed in; one by one for what anybody may call."""
    alone = {name for name, policy in OURS.items() if policy is anyone}
    others = {name.partition(".")[0] for name in OURS if name not in alone}
    assert set(HANDLERS) == alone | others


def test_the_table_has_no_line_too_many() -> None:
    used = {
        name for names in (*ROUTES.values(), *HANDLERS.values(), EVERY_ROUTE, EVERY_EVENT) for name in names
    }
    not_at_doors = {"log_one", "log_all", "letters_notices"}
    assert used | not_at_doors == set(LIMITS)


def test_every_window_is_in_the_table() -> None:
    """With the number that it has: the table reads it from the window itself."""
    windows = {one.name: one for one in vars(limits).values() if isinstance(one, Window)}
    assert set(windows) <= set(LIMITS)
    for name, window in windows.items():
        assert LIMITS[name].most.startswith(f"{window.most} ")
        assert window.refused(60).title in LIMITS[name].beyond


def test_the_page_prints_the_table() -> None:
    """If this fails: `.venv/bin/python -m tools.print_limits`."""
    assert PAGE.read_text() == page()


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The windows that were entered since the set was cleared."""
    names: set[str] = set()
    enter = Window.enter

    async def noted(window: Window, who: str) -> None:
        names.add(window.name)
        await enter(window, who)

    monkeypatch.setattr(Window, "enter", noted)
    return names


FORMS = {
    ("POST", "/session"): {"email": "x@example.org", "password": "x"},
    ("POST", "/compte/inscription"): {"name": "Lise Kerdrel", "email": "x@example.org", "siren": "732829320"},
    ("POST", "/compte/lien"): {"email": "x@example.org"},
    ("POST", "/profil/mot-de-passe"): {"current": "x", "password": "x"},
    ("POST", "/profil/adresse"): {"current": "x", "email": "x@example.org"},
    ("POST", "/payer"): {"reference": "X", "password": "x"},
    ("POST", "/api/v1/token"): {"grant_type": "client_credentials", "client_id": "x", "client_secret": "x"},
}
WINDOWS = {one.name for one in vars(limits).values() if isinstance(one, Window)}
_LATE = {"readings"}
"""Entered by who has a good address of a calendar alone: tests/app/http/downloads/test_calendars.py."""


async def _enter(portal: Portal, route: Route, session_id: str) -> None:
    headers = bearer() if POLICIES[route] is Policy.PARTNER else {}
    if not headers:
        headers = {"cookie": f"{SESSION_COOKIE}={session_cookie(session_id)}"}
    portal.client.cookies.clear()
    if route in FORMS:
        await portal.client.request(route[0], route[1], data=FORMS[route], headers=headers)
    else:
        await portal.call(route, DOSSIERS["A_HAVRE"], headers)


async def test_a_door_enters_the_windows_that_it_says(
    world: World, portal: Portal, entered: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SES-53: all of them, and no other; called once by who may, the co-owner being away."""
    away = {"ISSUER": "http://127.0.0.1:1", "CLIENT_ID": "x", "CLIENT_SECRET": "x"}
    for name, value in away.items():
        monkeypatch.setenv(f"PASSAVANT_DGDDI_{name}", value)
    settings.cache_clear()
    wrong: dict[Route, set[str]] = {}
    for route in (one for one in POLICIES if one[0] != "MOUNT"):
        entered.clear()
        await _enter(portal, route, await world.session("importateur"))
        said = set(limit_doors.ROUTES[route]) & WINDOWS
        if entered ^ said - _LATE:
            wrong[route] = entered ^ said
    assert wrong == {}


def test_the_layers_are_in_front_of_the_portal() -> None:
    """SES-53: what each does has its own tests; here, that the application that is served has them, the door included."""
    layers = app.api_transformer
    assert isinstance(layers, list)
    assert layers[1:] == [Arrival, Crowded, Rush, deliver]
    assert isinstance(app.event_namespace, Door)
    assert app.sio is not None
    assert app.sio.namespace_handlers[app.event_namespace.namespace] is app.event_namespace
    assert (app.frontend_exception_handler, app.backend_exception_handler) == (browser_failed, handler_failed)
    assert strangers.run in app.get_lifespan_tasks()
