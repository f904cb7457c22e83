"""Shared by the tests of refusals: reads what must be refused, and holds the sentence to French habits."""

import re

import pytest

from models.border.messages.formats.recognition import read
from models.border.passage.content import MessageRefused


def refused(body: bytes, kind: type[MessageRefused]) -> MessageRefused:
    with pytest.raises(MessageRefused) as caught:
        read(body)
    assert type(caught.value) is kind
    assert_french(caught.value.title)
    assert_french(caught.value.detail)
    return caught.value


def assert_french(sentence: str) -> None:
    assert sentence
    assert sentence[0].isupper()
    assert "'" not in sentence
    assert not re.search(r"[^\u00a0][;?!»]|«[^\u00a0]|[^\u00a0\d]:(?!\w)", sentence), sentence
