"""PASSAVANT_ANCHOR_*: what would not take an anchor out of the machine stops the start, and says why."""

from pathlib import Path

import pytest

from models.kernel.settings.anchors import SyslogServer, read_syslog
from models.kernel.settings.portal import WrongSetting, settings

WRONG = {
    "a host alone": ({"SYSLOG": "logs.example"}, "ANCHOR_SYSLOG"),
    "a scheme that is none": ({"SYSLOG": "https://logs.example"}, "ANCHOR_SYSLOG"),
    "a port that is none": ({"SYSLOG": "udp://logs.example:0"}, "ANCHOR_SYSLOG"),
    "a port out of range": ({"SYSLOG": "tcp://logs.example:99999"}, "ANCHOR_SYSLOG"),
    "no address": ({"MAIL": "nobody"}, "ANCHOR: _MAIL"),
    "no mail server": ({"MAIL": "ancres@example.org"}, "PASSAVANT_SMTP_URL"),
    "no web address": ({"TSA_URL": "tsa.example"}, "ANCHOR_TSA_URL"),
    "no root": ({"TSA_URL": "https://tsa.example"}, "_TSA_CA"),
    "a root that is not there": ({"TSA_CA": "/nowhere.pem"}, "ANCHOR_TSA_CA"),
    "a root that is none": ({"TSA_CA": __file__}, "ANCHOR_TSA_CA"),
    "no time between two": ({"MINUTES": "0"}, "ANCHOR_MINUTES"),
    "an unknown one": ({"PIGEON": "1"}, "ANCHOR_PIGEON"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_would_not_leave_is_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    values, said = WRONG[case]
    for name, value in values.items():
        monkeypatch.setenv(f"PASSAVANT_ANCHOR_{name}", value)
    settings.cache_clear()
    with pytest.raises(WrongSetting) as wrong:
        settings()
    assert said in str(wrong.value)
    assert len(str(wrong.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("/dev/log", SyslogServer("unix", "/dev/log")),
        ("udp://logs.example", SyslogServer("udp", "logs.example", 514)),
        ("tcp://[::1]:6514", SyslogServer("tcp", "::1", 6514)),
    ],
)
def test_where_a_syslog_is(address: str, server: SyslogServer) -> None:
    assert read_syslog(address) == server


def test_nothing_is_set_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSAVANT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    one = settings().anchor
    assert (one.syslog_server, one.mail, one.tsa_url, one.roots(), one.minutes) == (None, "", "", [], 60)
