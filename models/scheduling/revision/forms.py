"""The form by which an edited offer is saved (SES-12)."""

from typing import Annotated, ClassVar

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Input, Kind
from models.scheduling.appointments.lifecycle import LONGEST_TEXT


class ChangeForm(Form):
    """What is said to the operators whose appointments a change of the offer hits."""

    key: ClassVar[str] = "change"

    text: Annotated[
        str,
        Input(
            "Message aux opérateurs touchés", Kind.AREA, hint="Lu avec le motif. Aucun nom d’agent.",
            longest=LONGEST_TEXT, rows=2,
        ),
    ] = ""  # fmt: skip
