"""Say what the packages of this environment require and do not have.

    .venv/bin/python tools/complete.py pyproject.toml

It goes from the project's dependencies to all that they require under this Python, extras included: `pip check`
leaves those out, and pip installs a lock without looking at what its packages require. An extra of the project
(dev, bench, fuzz) counts if all that it names is there. Ends with status 1 and a line for each lack.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

# pip's own copy: this runs in environments that hold nothing else yet.
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name


def main() -> None:
    """Check the environment against the project file named on the command line."""
    project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
    lacks = list(missing([Requirement(line) for line in project["dependencies"]]))
    for extra in project["optional-dependencies"].values():
        requirements = [Requirement(line) for line in extra]
        if all(version_of(requirement.name) for requirement in requirements):
            lacks.extend(missing(requirements))
    if lacks:
        sys.exit("\n".join(sorted(set(lacks))))


def missing(roots: list[Requirement]) -> Iterator[str]:
    """A sentence for each requirement, from `roots` on, that the environment does not meet."""
    waiting = [(root, "the project") for root in roots if root.marker is None or root.marker.evaluate()]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement, source = waiting.pop()
        version = version_of(requirement.name)
        if not version:
            yield f"{source} requires {requirement.name}, which is not there."
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"{source} requires {requirement.name}{requirement.specifier}, and {version} is there."
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if version and key not in seen:
            seen.add(key)
            waiting.extend((inner, requirement.name) for inner in requirements_of(requirement))


def requirements_of(requirement: Requirement) -> Iterator[Requirement]:
    """What the package itself requires under this Python, with the extras that are asked of it."""
    for line in distribution(requirement.name).requires or ():
        inner = Requirement(line)
        contexts = [{"extra": extra} for extra in ("", *requirement.extras)]
        if inner.marker is None or any(inner.marker.evaluate(context) for context in contexts):
            yield inner


def version_of(name: str) -> str:
    """The version of the package that is installed, or nothing."""
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
