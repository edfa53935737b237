"""Something that could be next for a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Next:
    """Something that could be next: what, and where to do it."""

    title: str
    label: str
    url: str
    text: str = ""
    whom: str = ""
