"""Addresses of this package."""

from django.urls import URLPattern

app_name = "relations"
urlpatterns: list[URLPattern] = []
