"""A name that a template of ours asks for and nobody gave fails the test, instead of printing nothing.

pytest-django's own `--fail-on-template-vars` does this for every template, allauth's and Django's included; those
lean on missing names by design. Here only the templates of this repository are held to it.
"""

import sys
from pathlib import Path
from types import FrameType

import pytest
from django.conf import settings

OURS = Path(__file__).resolve().parent.parent / "src" / "klimtouw"


class MissingName:
    """What Django prints for a missing name: it asks for the text with `text % name`."""

    def __contains__(self, part: str) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        template = _template_being_rendered(sys._getframe(1))
        if template and OURS in Path(template).parents:
            pytest.fail(
                f"The template {Path(template).relative_to(OURS)} asks for {name}, which nobody gave."
            )
        return ""


def _template_being_rendered(frame: FrameType | None) -> str:
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""


def pytest_configure() -> None:
    """Put it in place before any template is loaded."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = MissingName()
