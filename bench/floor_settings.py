"""Django as `startproject` sets it up, on the same data: its own middleware and sign-in, nothing of ours but the sessions."""

from bench.settings import *  # noqa: F403 (the same database)
from bench.settings import INSTALLED_APPS

INSTALLED_APPS = [
    app for app in INSTALLED_APPS if not app.startswith("allauth")
]  # it insists on its middleware
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "bench.floors"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
