"""A Reflex plugin: pages talk to the host and port that they came from, rather than to those of the build.

Without it, a front end built for port 8000 only works there, and behind HTTPS only on port 443.
"""

from typing import Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

_OF_THE_PAGE = "endpoint.host = window.location.host;"
_OF_THE_BUILD = (
    "endpoint.hostname = frontend_hostname;",
    'endpoint.port = ""; // Assume websocket is on https port via load balancer.',
)


class SamePort(Plugin):
    """Changes the lines of Reflex's own script that know the address of the build."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask Reflex to change its own script."""
        context["add_modify_task"]("utils/state.js", _use_the_address_of_the_page)


def _use_the_address_of_the_page(script: str) -> str:
    for line in _OF_THE_BUILD:
        script = script.replace(line, _OF_THE_PAGE)
    if script.count(_OF_THE_PAGE) != len(_OF_THE_BUILD):
        raise RuntimeError("Reflex's state.js is not the one we know: see app/frontend/same_port.py")
    return script
