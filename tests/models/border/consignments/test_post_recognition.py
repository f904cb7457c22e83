"""The post of a CHED: the known one, whatever the writing; an unknown one waits for an officer (SES-05)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from models.border.messages.actions import receive
from models.border.passage.content import Transport
from models.posts.tables import Post
from tests.factories import add_basics, body_of, ched, consignment, count, tell
from tests.support.accounts import journal
from tests.support.databases import both_databases, reading, transaction

PLACE = b'<ram:ID schemeID="authority_activity_id">%s</ram:ID>'


@pytest.fixture
async def basics(database: str) -> None:  # noqa: ARG001
    """A database with companies and posts."""
    await add_basics()


async def posts(*codes: str) -> list[Post]:
    async with reading() as db:
        found = select(Post).where(col(Post.code).in_(codes)) if codes else select(Post)
        return list(db.exec(found).all())


async def received(written: str, **said: Any) -> str:
    """The post of a consignment whose CHED writes its post so."""
    body = body_of(ched(post_name="", **said)).replace(PLACE % b"FRLEH1", PLACE % b"@")
    body = body.replace(b"FRLEH1", b"").replace(b">@<", b">%s<" % written.encode())
    await receive(body, "partner:test")
    return (await consignment()).post_code


@pytest.mark.usefixtures("database")
@both_databases
@pytest.mark.parametrize("written", ["FRLEH1.", "frleh1", "FRLEH1-SIVEP", "SIVEP FRLEH1", "FR LEH 1"])
async def test_ses_05_a_known_post_is_known_whatever_the_writing(written: str) -> None:
    """SES-05: its inspectors see the consignment, and no other post comes of it."""
    await add_basics()
    before = await count(Post)
    assert await received(written) == "FRLEH1"
    assert await count(Post) == before


@pytest.mark.usefixtures("basics")
async def test_ses_05_among_several_codes_the_known_post_wins() -> None:
    """SES-05: a place in the stead of the post, a post that was closed, then the one that is known."""
    await tell(ched(post_code="FRXXX9", post_others=("FRLEH", "FRCDG4")))
    assert (await consignment()).post_code == "FRCDG4"
    assert await posts("FRXXX9", "FRLEH") == []


@pytest.mark.usefixtures("basics")
async def test_ses_05_a_place_alone_is_its_only_post() -> None:
    """SES-05: and waits where it has several, unless one of them is named as well."""
    await tell(ched(1, post_code="FRLEH"))
    assert (await consignment(1)).post_code == "FRLEH1"
    await tell(ched(2, post_code="FRLEH4"))
    async with transaction() as db:
        second = db.get_one(Post, "FRLEH4")
        second.unknown_since = None
        db.add(second)
    await tell(ched(3, post_code="FRLEH"))
    assert (await consignment(3)).post_code == "FRLEH"
    await tell(ched(4, post_code="FRXXX9", post_others=("FRLEH", "FRLEH4")))
    assert (await consignment(4)).post_code == "FRLEH4"


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_05_an_unknown_post_waits_and_the_message_loses_nothing() -> None:
    """SES-05: its consignment is there for its company, and the journal says that somebody must look."""
    await add_basics()
    await tell(ched(post_code="FRXXX4", post_name="", post_town="Gonfreville"))
    (post,) = await posts("FRXXX4")
    assert (post.name, post.kind, post.connected) == ("Gonfreville", "airport", False)
    assert post.unknown_since is not None
    kept = await consignment()
    assert (kept.post_code, kept.siren is not None, kept.packages) == ("FRXXX4", True, "")
    assert [entry.post_code for entry in await journal("post.unknown")] == ["FRXXX4"]
    await tell(ched(post_code="FRXXX4", status="42", issued_at=datetime(2026, 3, 24, 11, tzinfo=UTC)))
    assert len(await journal("post.unknown")) == 1
    await tell(ched(2, post_code="FRXXX4"))
    assert len(await journal("post.unknown")) == 2


@pytest.mark.usefixtures("basics")
async def test_ses_05_a_better_message_corrects_what_an_unknown_post_is_called() -> None:
    """SES-05: the code, then the town, then the name; a worse message changes nothing."""
    unknown: dict[str, Any] = {"post_code": "CEDEX9", "post_name": "", "transports": ()}
    said: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({}, ("CEDEX9", "")),
        ({"post_town": "Gonfreville"}, ("Gonfreville", "")),
        ({"transports": (Transport("air", "AF1"),)}, ("Gonfreville", "airport")),
        ({"post_name": "Le Havre Sud", "post_town": "Gonfreville"}, ("Le Havre Sud", "airport")),
        ({"post_town": "Autre"}, ("Le Havre Sud", "airport")),
    ]
    for number, (more, expected) in enumerate(said, 1):
        await tell(replace(ched(number), **(unknown | more)))
        (post,) = await posts("CEDEX9")
        assert (post.name, post.kind) == expected


@pytest.mark.usefixtures("basics")
@pytest.mark.parametrize(
    ("code", "kind"),
    [("FRXXX1", "port"), ("FRXXX2", "rail"), ("FRXXX3", "road"), ("FRXXX4", "airport"), ("BUREAU", "port")],
)
async def test_ses_05_the_code_says_what_the_place_is(code: str, kind: str) -> None:
    """SES-05: else what brings the goods; never a port for want of knowing."""
    await tell(ched(post_code=code))
    (post,) = await posts(code)
    assert post.kind == kind


@pytest.mark.usefixtures("basics")
async def test_ses_05_what_is_known_is_renamed_by_no_message() -> None:
    """SES-05"""
    await tell(ched(post_name="N’importe quoi"))
    (post,) = await posts("FRLEH1")
    assert post.name == "Le Havre"


@pytest.mark.usefixtures("database")
@both_databases
async def test_ses_05_a_post_that_is_named_at_length_is_kept() -> None:
    """SES-05: PostgreSQL refuses what does not fit."""
    await add_basics()
    assert len(await received("Bureau des douanes de la Manche et des Iles")) == 12


@pytest.mark.usefixtures("basics")
async def test_ses_05_a_later_ched_may_name_a_known_post() -> None:
    """SES-05: the consignment moves there, and leaves nothing that waits."""
    await tell(ched(post_code="FRXXX1"), ched(status="42", issued_at=datetime(2026, 3, 24, 10, tzinfo=UTC)))
    assert (await consignment()).post_code == "FRLEH1"


@pytest.mark.usefixtures("database")
async def test_ses_05_a_published_post_is_known_before_any_message_named_it() -> None:
    """SES-05: on a portal that was just set up."""
    await tell(ched())
    (post,) = await posts()
    assert (post.code, post.name, post.connected, post.unknown_since) == ("FRLEH1", "Le Havre", True, None)
