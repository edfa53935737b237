"""The barest Django on the same data: no middleware, no template tags."""

from bench.settings import *  # noqa: F403 (the same database)
from bench.settings import INSTALLED_APPS

INSTALLED_APPS = [
    app for app in INSTALLED_APPS if not app.startswith("allauth")
]  # it insists on its middleware
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floors"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
