from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CirclesConfig(AppConfig):
    name = "klimtouw.circles"
    label = "circles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every package say what of theirs goes with whoever leaves a circle, also where no page was asked yet."""
        autodiscover_modules("when_leaving")
