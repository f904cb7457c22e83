"""`passavant service-alert`: published and ended from the command line (MET-02, MET-11)."""

import pytest

from app.commands import service_alerts
from app.errors import CannotRun
from models.kernel.database import read
from models.signals.services.queries import in_force

SAID = "Les validations n'aboutissent pas."


@pytest.mark.usefixtures("database")
async def test_met_11_an_alert_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """MET-11: started and ended once; what cannot be is one line."""
    await service_alerts.start("delta_g", "dti", SAID)
    await service_alerts.start("PORTAL", "", SAID)
    assert capsys.readouterr().out == (
        "Alert 1 is in force for DELTA_G DTI.\nAlert 2 is in force for PORTAL.\n"
    )
    with pytest.raises(CannotRun, match="already"):
        await service_alerts.start("DELTA_G", "DTI", SAID)
    await service_alerts.end("DELTA_G", "DTI")
    assert capsys.readouterr().out == "Alert 1 has ended for DELTA_G DTI.\n"
    assert [one.service for one in await read(in_force)] == ["PORTAL"]
    with pytest.raises(CannotRun, match="No alert is in force"):
        await service_alerts.end("DELTA_G", "DTI")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("service", "mode", "message", "why"),
    [
        ("DELTA_G", "", SAID, "Choose of: DELTA_G DTI"),
        ("PORTAL", "EDI", SAID, "DELTA_H7 EDI, PORTAL"),
        ("NIMP", "DTI", SAID, "'NIMP DTI'"),
        ("PORTAL", "", " ", "en une phrase"),
    ],
)
async def test_what_cannot_be_published_says_why(service: str, mode: str, message: str, why: str) -> None:
    with pytest.raises(CannotRun, match=why):
        await service_alerts.start(service, mode, message)
    assert await read(in_force) == []
