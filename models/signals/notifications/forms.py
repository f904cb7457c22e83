"""The forms by which one says how one wants to be told."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from models.kernel.forms.declaration import Fault, Form
from models.kernel.forms.inputs import Input, Kind

_NO_HOUR = "Indiquez une heure, par exemple 22:00."


def _minutes(typed: object) -> int:
    hour, _, minute = str(typed).partition(":")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()):
        raise Fault(_NO_HOUR)
    if int(hour) > 23 or int(minute) > 59:
        raise Fault(_NO_HOUR)
    return int(hour) * 60 + int(minute)


Minutes = Annotated[int, BeforeValidator(_minutes)]
"""An hour of the day, in minutes after midnight."""


class QuietForm(Form):
    """When nothing rings, Paris time (SES-31)."""

    key: ClassVar[str] = "quiet"

    quiet_from: Annotated[Minutes, Input("De", Kind.TIME, missing=_NO_HOUR, longest=5)]
    quiet_until: Annotated[Minutes, Input("À", Kind.TIME, missing=_NO_HOUR, longest=5)]


_Part = Annotated[str, Input("Adresse de cet appareil", Kind.HIDDEN, longest=2000)]


class PhoneForm(Form):
    """What a browser answers when its holder lets it be told: assets/js/push.js fills it in."""

    key: ClassVar[str] = "phone"

    endpoint: _Part = ""
    p256dh: _Part = ""
    auth: _Part = ""
