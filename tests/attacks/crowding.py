"""Many large bodies at once, under the limits of tests/attacks/answering.py: a script, run by test_messages.py."""

import asyncio
import json
from typing import Any

from app.http.server import api
from demo.writers.contents import write_ched
from models.kernel.database import dispose
from tests import factories
from tests.app.http.portal import bearer, opened
from tests.attacks.answering import limit, pieces

LARGE = 60
"""How many large bodies come at once, and how many everyday messages between them."""
_PIECE = b"x" * 1_000_000


async def main() -> None:
    """Print what was answered, as one JSON document."""
    async with opened() as client:

        async def send(content: Any) -> tuple[int, str, str]:
            answer = await client.post("/api/v1/messages", content=content, headers=bearer())
            return answer.status_code, answer.headers.get("retry-after", ""), answer.json().get("detail", "")

        everyday = [write_ched(factories.ched(number)) for number in range(1, LARGE + 1)]
        large, small = await asyncio.gather(
            asyncio.gather(*(send(pieces(_PIECE, 40 + number % 20)) for number in range(LARGE))),
            asyncio.gather(*map(send, everyday)),
        )
    await dispose()
    print(json.dumps({"large": large, "small": small}))


if __name__ == "__main__":
    api.build()
    limit()
    asyncio.run(main())
