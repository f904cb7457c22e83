"""Names of hosts, as machines write them and as people do."""

import idna


def ascii_host(host: str) -> str:
    """A host as machines write it: `xn--socit-esab.fr` for `société.fr`; as it stands when it names none."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return host.lower()


def shown_host(host: str) -> str:
    """A host as people write it: `société.fr` for `xn--socit-esab.fr`."""
    if "xn--" not in host:
        return host
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host
