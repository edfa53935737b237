from django.apps import AppConfig


class ClimbConfig(AppConfig):
    name = "klimtouw.climb"
    label = "climb"
    default_auto_field = "django.db.models.BigAutoField"
