"""What the tests of the command share."""

from tests.config.installation import house

__all__ = ["house"]
