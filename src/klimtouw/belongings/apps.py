from django.apps import AppConfig


class BelongingsConfig(AppConfig):
    name = "klimtouw.belongings"
    label = "belongings"
    default_auto_field = "django.db.models.BigAutoField"
