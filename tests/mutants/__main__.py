"""Start: Django first, then whatever needs it."""

import sys

import django

django.setup()

from tests.mutants.run import main  # noqa: E402 - it imports models, which Django has to know first

sys.exit(main())
