"""A browser in words that its owner recognises, from what it says of itself. Pure."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most say that they are Chrome or Safari as well."""
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """`Firefox sur Android`; `Navigateur` alone when the browser does not say more."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Navigateur")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} sur {system}" if system else browser
