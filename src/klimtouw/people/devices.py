"""Say on what device a browser runs, in two words; the rest of what a browser tells about itself is not kept."""

from django.utils.translation import gettext as _

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most browsers also name the ones below them."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return "browser|system" for the text a browser sends about itself; a part nobody knows stays empty."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser}|{system}" if browser and system else browser or system


def in_words(device: str) -> str:
    """Say it as people read it, such as "Firefox on Windows"."""
    browser, _bar, system = device.partition("|")
    if not system:
        return browser or _("a browser we do not recognise")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
