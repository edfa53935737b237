"""What is drawn: a climb towards one goal, its camps, who climbs and who belays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_CAMPS = 60


class CampState(StrEnum):
    """Where a stage stands for the climber."""

    AHEAD = "ahead"
    REACHED = "reached"
    PARKED = "parked"


class CampMark(StrEnum):
    """What a stage turned out to be, if the climber marked it."""

    NONE = ""
    TURNING_POINT = "turning_point"
    OPPORTUNITY = "opportunity"


class CampWeather(StrEnum):
    """How the climber felt on a stage, if they said so themself."""

    NONE = ""
    SUN = "sun"
    CLOUDS = "clouds"
    RAIN = "rain"
    WIND = "wind"
    FOG = "fog"


class Shape(StrEnum):
    """The paper: upright for a phone, lying for a wide screen or a printed A4 or A3."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True)
class Camp:
    """One stage of the route; `key` returns in the layout, `href` makes it a link where there is room."""

    key: str
    label: str
    state: CampState
    is_detour: bool = False
    mark: CampMark = CampMark.NONE
    href: str = ""
    weather: CampWeather = CampWeather.NONE

    @property
    def is_parked(self) -> bool:
        """Tell whether the climber set this stage aside for now."""
        return self.state == CampState.PARKED

    @property
    def is_reached(self) -> bool:
        """Tell whether the climber has been here."""
        return self.state == CampState.REACHED


@dataclass(frozen=True)
class Climb:
    """One goal and the way to it, in the climber's own words; `seed` gives it a ridge of its own."""

    summit: str
    camps: tuple[Camp, ...]
    climber: str
    coach: str | None
    seed: str
    is_reached: bool = False


@dataclass(frozen=True)
class Labels:
    """The few words of our own in the drawing, in the reader's language."""

    top: str = "Top"
    here: str = "Ik sta hier"
    start: str = "Startpunt"
    reached: str = "bereikt"
    parked: str = "geparkeerd"
    detour: str = "omweg"
    turning_point: str = "kantelmoment"
    opportunity: str = "kans"
    weather: Mapping[str, str] = field(default_factory=dict)
