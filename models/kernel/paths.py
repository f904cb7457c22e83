"""Addresses inside the portal, as a form or an address names them."""

_LONGEST_PATH = 1000


def local_path(wanted: str | None, default: str) -> str:
    r"""`wanted` when it leads to a page of ours, else `default`: nobody is sent elsewhere after signing in.

    Browsers drop tabs and line ends and take a backslash for a slash, hence `/\evil.example` and the like.
    """
    if not wanted or len(wanted) > _LONGEST_PATH or "\\" in wanted or not wanted.isprintable():
        return default
    return wanted if wanted.startswith("/") and not wanted.startswith("//") else default
