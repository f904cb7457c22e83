"""Who sends a form: for what a person does about their own account, the terms of use accepted or not."""

from fastapi import Request

from app.http.server import limits
from models.identity.access.cookies import read_session_cookie
from models.identity.access.queries.viewers import viewer_of
from models.identity.accounts.viewer import Viewer
from models.kernel.database import read


async def person_of(request: Request) -> Viewer | None:
    """The person behind the cookie; None when nobody is signed in any more.

    Raises:
        Problem: 429 when that person asks for too much.
    """
    viewer = await read(lambda db: viewer_of(read_session_cookie(request.headers.get("cookie")), db))
    if viewer is not None:
        await limits.acts.enter(str(viewer.account_id))
    return viewer
