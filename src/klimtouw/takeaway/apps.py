from django.apps import AppConfig


class TakeawayConfig(AppConfig):
    name = "klimtouw.takeaway"
    label = "takeaway"
    default_auto_field = "django.db.models.BigAutoField"
