from django.apps import AppConfig


class AxenroosConfig(AppConfig):
    name = "klimtouw.axenroos"
    label = "axenroos"
    default_auto_field = "django.db.models.BigAutoField"
