"""Programs that end with the program that started them, however that one ended: a kill -9 tells its children nothing.

python -m app.lifeline PARENT MODULE [WORD...]    runs MODULE until it ends, or until process PARENT is gone
"""

import os
import runpy
import signal
import sys
import threading
import time

_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_TO_END = 5


def end_with(parent: int) -> None:
    """End this process as soon as `parent`, the number of the process that started it, is gone.

    It is asked first (SIGTERM), and ended after five seconds. Who leads a group of processes takes the group
    along: npm and what it started, when a build lost whoever wanted it.
    """
    threading.Thread(target=_follow, args=(parent,), name="lifeline", daemon=True).start()


def _follow(parent: int) -> None:
    # The kernel gives an orphan to another parent: portable, unlike prctl, and it names no file that must stay open.
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    _signal(signal.SIGTERM)
    time.sleep(_SECONDS_TO_END)
    _signal(signal.SIGKILL)


def _signal(number: signal.Signals) -> None:
    if os.getpgrp() == os.getpid():
        os.killpg(0, number)
    else:
        os.kill(os.getpid(), number)


def main() -> None:
    """Run the module that the command line names as this process's own program."""
    _, parent, module, *words = sys.argv
    end_with(int(parent))
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
