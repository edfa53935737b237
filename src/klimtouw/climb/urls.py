"""Addresses of this package."""

from django.urls import URLPattern

app_name = "climb"
urlpatterns: list[URLPattern] = []
