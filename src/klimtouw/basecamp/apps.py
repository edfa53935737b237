from django.apps import AppConfig


class BasecampConfig(AppConfig):
    name = "klimtouw.basecamp"
    label = "basecamp"
    default_auto_field = "django.db.models.BigAutoField"
