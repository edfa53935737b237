from django.apps import AppConfig


class IntervisionConfig(AppConfig):
    name = "klimtouw.intervision"
    label = "intervision"
    default_auto_field = "django.db.models.BigAutoField"
