"""A Reflex plugin: the libraries come as one file, which no release of ours changes.

Left alone, each icon is a file of a hundred bytes behind seven hundred bytes of headers, and the libraries are
spread over files named after what they happen to hold.
"""

from typing import Unpack

from reflex_base.plugins.base import Plugin, PreCompileContext

_GROUPS = "groups: ["
_OURS = '{ test: /node_modules/, name: "libraries" },'


class FewerFiles(Plugin):
    """Adds a group to the code splitting that Reflex asks of Vite."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask Reflex to change the settings that it wrote for Vite."""
        context["add_modify_task"]("vite.config.js", _with_one_file_of_libraries)


def _with_one_file_of_libraries(settings: str) -> str:
    if _OURS in settings:  # Reflex writes them once, not at each build
        return settings
    if settings.count(_GROUPS) != 1:
        raise RuntimeError("Reflex's vite.config.js is not the one we know: see app/frontend/fewer_files.py")
    return settings.replace(_GROUPS, f"{_GROUPS} {_OURS}")
