import pytest

from models.identity.accounts.devices import device_of

MOZILLA = "Mozilla/5.0 "
WEBKIT = " AppleWebKit/537.36 (KHTML, like Gecko) "
IOS = "(iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (MOZILLA + "(Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0", "Firefox sur Android"),
        (MOZILLA + "(X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "Firefox sur Linux"),
        (MOZILLA + "(Windows NT 10.0; Win64; x64)" + WEBKIT + "Chrome/124.0 Safari/537.36", "Chrome sur Windows"),
        (MOZILLA + "(Windows NT 10.0)" + WEBKIT + "Chrome/124.0 Safari/537.36 Edg/124.0", "Edge sur Windows"),
        (MOZILLA + "(Linux; Android 14)" + WEBKIT + "SamsungBrowser/24.0 Chrome/117 Safari/537", "Samsung Internet sur Android"),
        (MOZILLA + IOS + "Version/17.4 Mobile/15E148 Safari/604.1", "Safari sur iPhone"),
        (MOZILLA + IOS + "CriOS/124.0 Mobile/15E148 Safari/604.1", "Chrome sur iPhone"),
        (MOZILLA + "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/17.4 Safari/605.1.15", "Safari sur Mac"),
        ("curl/8.5.0", "Navigateur"),
        ("", "Navigateur"),
        ("<script>alert(1)</script>" * 1000, "Navigateur"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_would(said: str, device: str) -> None:
    assert device_of(said) == device
