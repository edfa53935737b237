"""Addresses of this package."""

from django.urls import path

from klimtouw.offline import views

app_name = "offline"
urlpatterns = [
    path("werker.js", views.worker, name="worker"),
    path("zonder-netwerk/nl/", views.shell, {"language": "nl"}, name="shell_nl"),
    path("zonder-netwerk/en/", views.shell, {"language": "en"}, name="shell_en"),
    path("rugzak/", views.rucksack, name="rucksack"),
]
