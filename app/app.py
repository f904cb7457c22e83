"""The Reflex app: pages, HTTP routes, background tasks. Composition only."""

from multiprocessing import parent_process

import reflex as rx

from app.http.server import api
from app.http.server.arrival import Arrival
from app.http.server.crowd import Crowded
from app.http.server.delivery import deliver
from app.http.server.rush import Rush
from app.lifeline import end_with
from app.log import lines
from app.page_table import PAGES
from app.sockets import namespace
from app.sockets.failures import browser_failed, handler_failed
from app.tasks.background import BACKGROUND
from app.tasks.count_screens import keep_count
from app.tasks.drop_idle_locks import drop_idle_locks
from app.tasks.hear_locks import hear_locks
from app.tasks.spare_the_collector import spare_the_collector
from components.kit import theme
from models.kernel import bus
from models.kernel.settings.portal import settings
from state.hub import deliveries as hub
from state.hub.tab import TabOwner

lines.configure()


app = rx.App(
    html_lang="fr",
    reset_style=False,
    head_components=theme.head(),
    stylesheets=theme.STYLESHEETS,
    api_transformer=[api.build(), Arrival, Crowded, Rush, deliver],
    app_wraps=theme.app_wraps(),
    frontend_exception_handler=browser_failed,
    backend_exception_handler=handler_failed,
    toaster=None,  # ours are markup (components/kit/feedback.py): Reflex's weighs 10 kB and speaks English
)

app.add_middleware(TabOwner(), index=0)
strangers = namespace.install(app)

for page in PAGES:
    page.add_to(app)


async def deliver_live() -> None:
    """Tell open screens what the journal says, for as long as this worker lives."""
    await hub.run(app)


async def end_with_the_supervisor() -> None:
    """Serve no longer than the process that started this worker lives."""
    supervisor = parent_process()
    if supervisor and supervisor.pid:
        end_with(supervisor.pid)


async def forget_closed_tabs() -> None:
    """Keep nothing of tabs that are closed, for as long as this worker lives."""
    await drop_idle_locks(app.state_manager)


async def hear_of_locks() -> None:
    """Know at once when a page's state is free."""
    await hear_locks(app.state_manager)


app.register_lifespan_task(end_with_the_supervisor)
app.register_lifespan_task(spare_the_collector)
app.register_lifespan_task(hear_of_locks)
app.register_lifespan_task(forget_closed_tabs)
app.register_lifespan_task(strangers.run)
app.register_lifespan_task(deliver_live)
app.register_lifespan_task(bus.relay)
app.register_lifespan_task(keep_count)
if not settings().tasks_apart:
    for task in BACKGROUND:
        app.register_lifespan_task(task)
