"""Reflex's own settings. Passavant's are in models/kernel/settings/portal.py."""

import reflex as rx
from reflex_base.plugins.sitemap import SitemapPlugin

from app.frontend.fewer_files import FewerFiles
from app.frontend.same_port import SamePort
from models.kernel.settings.portal import settings

config = rx.Config(
    app_name="app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_port=8000,
    backend_port=8000,
    plugins=[rx.plugins.TailwindV4Plugin({"plugins": []}), SamePort(), FewerFiles()],
    # Whose pages may open a websocket with the user's cookie: ours. Reflex would let every site's.
    cors_allowed_origins=settings().origins,
    disable_plugins=[SitemapPlugin],
    # Whose network an event comes from, as for HTTP (app/http/server/limits.py).
    trusted_proxy_hops=settings().trusted_proxy_hops,
)
