from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RelationsConfig(AppConfig):
    name = "klimtouw.relations"
    label = "relations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every package say what of theirs ends with a relation, also where no page was asked yet."""
        autodiscover_modules("at_the_end")
