"""The other direction of models/border/messages/formats: contents to messages, for the traffic and the tests.

`read(write_x(content)).content == content` holds for every well-formed content.
"""

import json

from demo.writers.ched import write_ched
from demo.writers.edifact import write_coarri
from demo.writers.wco import write_customs_response
from models.border.passage.content import StepEvent

__all__ = ["write_ched", "write_coarri", "write_customs_response", "write_event"]


def write_event(event: StepEvent) -> bytes:
    """The JSON event of the partner API; its time is UTC."""
    fields = {
        "type": "step",
        "consignment": event.consignment,
        "step": event.step.value,
        "status": event.status.value,
        "at": event.at.isoformat().replace("+00:00", "Z"),
        "authority": event.authority,
        "post": event.post,
        "detail": event.detail,
    }
    return json.dumps(fields, ensure_ascii=False).encode()
