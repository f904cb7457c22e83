"""Print the table of settings from the classes that declare them, into docs/operate.md.

    python -m tools.print_settings

Nothing there is typed twice: a test fails when the page is not what this program prints.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from models.kernel.settings.portal import Settings

PAGE = Path(__file__).parents[1] / "docs" / "operate.md"
_START, _END = "<!-- settings: printed -->", "<!-- settings: end -->"


def page() -> str:
    """The whole page, with the table as it is now."""
    before, _, rest = PAGE.read_text().partition(_START)
    _, _, after = rest.partition(_END)
    return "\n".join([f"{before}{_START}", "", *_lines(), "", f"{_END}{after}"])


def names() -> list[str]:
    """Every variable that may be set."""
    return [name for alike, _ in _settings() for name in alike]


def _lines() -> Iterator[str]:
    yield "| variable | default | what |"
    yield "| --- | --- | --- |"
    for alike, field in _settings():
        variables = ", ".join(f"`{name}`" for name in alike)
        yield f"| {variables} | {_default(field.default)} | {' '.join((field.description or '').split())} |"


def _settings() -> Iterator[tuple[list[str], FieldInfo]]:
    """Each setting, with the variables that bear it: those of the co-owners are alike."""
    nested: dict[type[BaseModel], list[str]] = {}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, BaseModel):
            nested.setdefault(type(field.default), []).append(name)
        else:
            yield [_variable(name)], field
    for model, owners in nested.items():
        for part, field in model.model_fields.items():
            yield [_variable(f"{owner}_{part}") for owner in owners], field


def _variable(name: str) -> str:
    return f"{Settings.model_config['env_prefix']}{name}".upper()


def _default(value: object) -> str:
    """What holds when nothing is set, as one would set it."""
    if isinstance(value, SecretStr) or value in ("", None):
        return "none"
    shown = int(value) if isinstance(value, bool) else f"./{value}" if isinstance(value, Path) else value
    return f"`{shown}`"


if __name__ == "__main__":
    PAGE.write_text(page())
