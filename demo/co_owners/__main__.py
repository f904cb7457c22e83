"""`python -m demo.co_owners`: serve the provider that the settings name as issuer, until it is ended."""

import logging
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from demo.co_owners.site import site
from models.kernel.settings.portal import settings


def main() -> None:
    """Serve on the port of the customs' issuer."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its lines hold codes and assertions
    port = urlsplit(settings().dgddi.issuer).port or 0
    make_server("127.0.0.1", port, site(), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
