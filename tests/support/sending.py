"""Messages sent to a running application as a partner sends them: a token, then the door."""

import json
import urllib.parse
import urllib.request
from typing import Any

from tests.support.served import ServedApp


def token(served: ServedApp) -> str:
    """A bearer token of the demonstration partner."""
    form = urllib.parse.urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": "demo-partner",
            "client_secret": "demo-partner-secret",
        }
    )
    with urllib.request.urlopen(f"{served.url}/api/v1/token", form.encode(), timeout=10) as answer:
        return str(json.load(answer)["access_token"])


def send(served: ServedApp, body: bytes) -> dict[str, Any]:
    """Send one message; the answer's document."""
    request = urllib.request.Request(
        f"{served.url}/api/v1/messages", body, headers={"Authorization": f"Bearer {token(served)}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        document: dict[str, Any] = json.load(answer)
        return document
