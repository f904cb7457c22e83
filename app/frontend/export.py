"""Compile the pages and export the front end: run by app/frontend/build.py in a process of its own.

Some names here are internal to Reflex 0.10.1, which pyproject.toml pins: look again when it moves. The
command `reflex export` does the same, but rewrites .gitignore on the way.
"""

from pathlib import Path

from reflex.utils import export, prerequisites
from reflex_base import constants
from reflex_base.config import get_config
from reflex_base.environment import environment

from app.errors import CannotRun
from app.frontend.compression import precompress
from app.frontend.same_port import SamePort


def main() -> None:
    """Export the front end into .web/build/client."""
    environment.REFLEX_COMPILE_CONTEXT.set(constants.CompileContext.EXPORT)
    if not any(isinstance(plugin, SamePort) for plugin in get_config().plugins):
        raise CannotRun("rxconfig.py must name app.frontend.same_port.SamePort among its plugins.")
    if prerequisites.needs_reinit():
        prerequisites.initialize_reflex_user_directory()
        prerequisites.initialize_frontend_dependencies()
    export.export(zipping=False, backend=False, zip_dest_dir=str(Path.cwd()))
    precompress(Path(".web/build/client"))


if __name__ == "__main__":
    main()
