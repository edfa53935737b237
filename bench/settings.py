"""Klimtouw's own settings, with the data in a folder of the measurement's own."""

from klimtouw.config.settings import *  # noqa: F403 (exactly those settings are measured)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # forty people are made, nobody signs in
