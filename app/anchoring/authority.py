"""The anchor under the time stamp of a third party (RFC 3161), kept beside the anchors."""

import asyncio
from urllib.parse import urlsplit

import httpx
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from app.anchoring.failures import NotSent
from app.outbound import client
from models.journal.canonical import seal_bytes
from models.journal.sealing.anchors import Anchor, anchor_of
from models.journal.sealing.queries import chain
from models.journal.sealing.timestamps import keep_stamp
from models.kernel.database import read
from models.kernel.settings.anchors import AnchorSettings

_SECONDS = 10.0
_SECONDS_IN_ALL = 20.0
_MOST = 64 * 1024
"""Bytes of an answer: a stamp with its certificates has less than ten thousand."""
_HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


async def send(anchor: Anchor, set_: AnchorSettings) -> None:
    """Have the seal stamped, see that the stamp is good, and keep it.

    Raises:
        NotSent: when the authority cannot be reached, refuses, or answers something else.
        SQLAlchemyError, OSError: when the seal cannot be read, or the stamp kept.
    """
    seals = await read(lambda db: chain(db, anchor.batch, 1))
    if not seals or anchor_of(seals[0]) != anchor:
        raise NotSent("the anchor file differs from the database: run passavant verify-journal")
    content = seal_bytes(seals[0])
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = await ask(request.as_bytes(), set_.tsa_url)
    _judge(answer, request, content, set_)
    await asyncio.to_thread(keep_stamp, anchor.batch, answer)


async def ask(question: bytes, url: str) -> bytes:
    """What the authority at `url` answers to a question (RFC 3161), unread.

    Raises:
        NotSent: when it cannot be reached, refuses, or answers without end.
    """
    host = urlsplit(url).hostname or ""
    try:
        async with asyncio.timeout(_SECONDS_IN_ALL), client([host], timeout=_SECONDS) as asking:
            return await _post(asking, question, url)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from None


async def _post(asking: httpx.AsyncClient, question: bytes, url: str) -> bytes:
    answered = b""
    async with asking.stream("POST", url, content=question, headers=_HEADERS) as answer:
        answer.raise_for_status()
        async for part in answer.aiter_bytes():
            answered += part
            if len(answered) > _MOST:
                raise NotSent("the authority answers without end")
    return answered


def _judge(answer: bytes, request: TimeStampRequest, content: bytes, set_: AnchorSettings) -> None:
    verifier = VerifierBuilder(roots=set_.roots(), nonce=request.nonce).build()
    try:
        verifier.verify_message(decode_timestamp_response(answer), content)
    except (VerificationError, ValueError) as wrong:
        raise NotSent(f"no good time stamp: {wrong}") from None
