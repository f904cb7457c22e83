"""`python -m bench [NAMES…] [--quick]`: the measurements, each beside a named peer or limit (bench/README.md)."""

import argparse
import asyncio
import importlib

from bench import page

NAMES = ("messages", "listing", "dashboard", "appointments", "live", "notices", "load", "hostile")


def main() -> None:
    """Run the measurements asked for, all of them by default."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all by default")
    parser.add_argument("--quick", action="store_true", help="smaller: to see that it works, not to conclude")
    parser.add_argument(
        "--screens", nargs="+", type=int, help="live, load, hostile: how many are open, such as 50 1000"
    )
    asked = parser.parse_args()
    unknown = set(asked.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for name in asked.names or NAMES:
        own = {"screens": asked.screens} if name in ("live", "load", "hostile") and asked.screens else {}
        asyncio.run(importlib.import_module(f"bench.{name}").run(quick=asked.quick, **own))
        page.write(NAMES)


if __name__ == "__main__":
    main()
