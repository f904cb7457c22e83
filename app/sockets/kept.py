"""What is kept of what a browser sends with each event: the known keys, so long at most.

Reflex keeps every key of a client's `router_data` in the state of its tab, and every header of its handshake.
"""

from collections.abc import Mapping
from typing import Any

from reflex_base.constants import RouteVar

PATH, ADDRESS = 200, 2_000
"""Characters of a path, and of an address with what narrows it."""
PARAMETERS = 30
TOKEN = 64
"""Characters of the name of a tab, which a browser draws: a UUID."""
HEADERS = {"host": 300, "origin": 300, "user-agent": 500, "accept-language": 100, "cookie": 4_096}
"""The headers that something reads, and how much of each is kept."""
_OURS = "passavant"
_PARTS = ";"


def router_data(sent: Any) -> dict[str, Any]:
    """Where the tab is: its path, its address and its parameters, nothing else."""
    mapping = sent if isinstance(sent, Mapping) else {}
    kept: dict[str, Any] = {}
    for key, longest in ((RouteVar.PATH, PATH), (RouteVar.ORIGIN, ADDRESS)):
        text = mapping.get(key)
        if isinstance(text, str):
            kept[key] = text[:longest]
    query = mapping.get(RouteVar.QUERY)
    if isinstance(query, Mapping):
        kept[RouteVar.QUERY] = _parameters(query)
    return kept


def _parameters(query: Mapping[Any, Any]) -> dict[str, str]:
    texts = [(name, value) for name, value in list(query.items())[:PARAMETERS] if isinstance(value, str)]
    kept: dict[str, str] = {}
    room = ADDRESS
    for name, value in texts:
        room -= len(name) + len(value)
        if room < 0:
            break
        kept[name] = value
    return kept


def headers(sent: Mapping[str, str]) -> dict[str, str]:
    """Of the headers of a handshake, those that something reads; of the cookies, ours."""
    kept = {name: sent[name] for name in HEADERS if name in sent}
    if "cookie" in kept:
        kept["cookie"] = "; ".join(_own_cookies(kept["cookie"]))
    return {name: value[: HEADERS[name]] for name, value in kept.items()}


def _own_cookies(text: str) -> list[str]:
    return [part.strip() for part in text.split(_PARTS) if _OURS in part.partition("=")[0]]


def is_name_of_tab(text: str) -> bool:
    """Whether a browser of ours may have drawn this name for its tab."""
    return 0 < len(text) <= TOKEN and text.isascii() and text.replace("-", "").isalnum()
