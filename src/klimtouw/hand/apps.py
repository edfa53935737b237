from django.apps import AppConfig


class HandConfig(AppConfig):
    name = "klimtouw.hand"
    label = "hand"
    default_auto_field = "django.db.models.BigAutoField"
