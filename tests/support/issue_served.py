"""Issues a document in the data of an application that is served, or withdraws it, in a process of its own.

.venv/bin/python -m tests.support.issue_served KEY      → the text of its code, read from its page
.venv/bin/python -m tests.support.issue_served - NUMBER → withdrawn
"""

import asyncio
import sys

from models.casework.issued import queries
from models.casework.issued.actions import issue, withdraw
from models.casework.issued.tables import IssuedDocument
from models.casework.issued.vocabulary import Why
from models.kernel.database import dispose, read, write
from tests.support import issuing
from tests.support.codes import code_of


async def main(key: str, number: str = "") -> None:
    """One of both."""
    issuing.register()
    if number:
        assert await write(withdraw, number, Why.RECALL) is None
    else:
        document = await issue(issuing.order(key))
        assert isinstance(document, IssuedDocument)
        content = await read(queries.content, document.number)
        assert content is not None
        sys.stdout.write(code_of(content))
    await dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
