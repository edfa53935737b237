"""The few places a signed-in person can always go to, and which of them this page belongs to."""

from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klimtouw.ui.addresses import address_of


@dataclass(frozen=True, slots=True)
class Place:
    """A page that deserves a lasting spot in the navigation."""

    url_name: str
    label: str | Promise
    icon: str


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A place as seen from the page that is open now."""

    url: str
    label: str | Promise
    icon: str
    current: str
    """What ``aria-current`` says: "page" here, "true" somewhere below it, or nothing."""


PLACES = (
    Place("home", pgettext_lazy("navigation", "Start"), "home"),
    Place("climb:home", _("My climb"), "mountain"),
    Place("relations:overview", pgettext_lazy("navigation", "Coaching"), "rope"),
    Place("climb:trail", pgettext_lazy("navigation", "Trail"), "path"),
    Place("belongings:looks", pgettext_lazy("navigation", "Looks"), "eye"),
)


def navigation_at(path: str) -> list[NavigationItem]:
    """List the lasting places and mark the one that the page at this path belongs to."""
    found = [(place, url) for place in PLACES if (url := _url_of(place))]
    below = [url for _place, url in found if url != "/" and path.startswith(url)]
    nearest = max(below, key=len, default="")
    return [
        NavigationItem(url=url, label=place.label, icon=place.icon, current=_current(url, path, nearest))
        for place, url in found
    ]


def _url_of(place: Place) -> str:
    # A deployment may leave a package out; its place then simply is not there.
    try:
        return address_of(place.url_name)
    except NoReverseMatch:
        return ""


def _current(url: str, path: str, nearest: str) -> str:
    if url == path:
        return "page"
    return "true" if url == nearest else ""
