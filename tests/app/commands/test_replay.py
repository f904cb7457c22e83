"""`passavant replay`: one line per message, and a status that tells (SES-02)."""

import pytest

from app.commands.replay import run
from app.errors import CannotRun
from models.border.messages import actions
from models.border.messages.actions import receive
from models.border.passage.content import UnreadableMessage
from tests.factories import add_basics, body_of, ched, reference

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def mended(monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of a message that was refused by a reader that has been mended since."""

    def broken(_body: bytes) -> None:
        raise UnreadableMessage("XML illisible", "Le lecteur se trompe.")

    await add_basics()
    with monkeypatch.context() as before:
        before.setattr(actions, "read", broken)
        return (await receive(body_of(ched()), "partner:test")).message_id


async def test_what_can_be_read_is_applied(mended: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run([mended, mended], all_refused=False) == 0
    assert await run([mended], all_refused=False) == 0
    first, again = capsys.readouterr().out.splitlines()
    assert first == f"{mended}: ched applied to {reference()}."
    assert again.startswith(f"{mended}: duplicate, ched applied")


async def test_all_refused_and_some_stay_so(mended: str, capsys: pytest.CaptureFixture[str]) -> None:
    """SES-02: the others are taken in, and the status says that some are left."""
    bad = (await receive(b"<a>", "partner:test")).message_id
    with pytest.raises(CannotRun, match="1 of 2 messages stay refused"):
        await run([], all_refused=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{mended}: ched applied")
    assert lines[1].startswith(f"{bad}: refused. XML illisible")


async def test_nothing_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run([], all_refused=True) == 0
    assert capsys.readouterr().out == "No message is refused.\n"


async def test_an_unknown_number_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotRun, match="1 of 1"):
        await run(["nothing"], all_refused=False)
    assert "n’existe pas" in capsys.readouterr().out


@pytest.mark.parametrize(("ids", "every"), [([], False), (["x"], True)])
async def test_it_must_be_said_which(ids: list[str], every: bool) -> None:
    with pytest.raises(CannotRun, match="--all-refused"):
        await run(ids, all_refused=every)
