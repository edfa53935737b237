from django.apps import AppConfig


class PeersConfig(AppConfig):
    name = "klimtouw.peers"
    label = "peers"
    default_auto_field = "django.db.models.BigAutoField"
