"""What is fuzzed: each reader of messages, from bytes to content. Only MessageRefused may come out."""

from collections.abc import Callable, Mapping

from models.border.messages.formats.ched.certificate import read_ched
from models.border.messages.formats.coarri import read_coarri
from models.border.messages.formats.event import read_event
from models.border.messages.formats.recognition import read
from models.border.messages.formats.wco import read_response
from models.border.messages.formats.xml import parse
from models.border.messages.rules import codes_in, media_type, summary
from models.border.passage.content import MessageRefused

Target = Callable[[bytes], object]


def _whole(body: bytes) -> None:
    """As the door does: recognise, read, and say what it is."""
    codes_in(body)
    parsed = read(body)
    summary(parsed.content)
    media_type(parsed.format, body)


TARGETS: Mapping[str, Target] = {
    "xml": parse,
    "ched": lambda body: read_ched(parse(body)[0]),
    "wco": lambda body: read_response(parse(body)[0]),
    "coarri": read_coarri,
    "event": read_event,
    "recognise": _whole,
}


def run(target: Target, body: bytes) -> None:
    """Read one input; whatever escapes but a refusal is a finding."""
    try:
        target(body)
    except MessageRefused as refusal:
        # A refusal is read by people: it has a title and a sentence, whatever the bytes were.
        if not (refusal.title and refusal.detail and refusal.status in (400, 413, 422)):
            raise AssertionError(refusal) from refusal
