"""Addresses of this package."""

from django.urls import URLPattern

app_name = "basecamp"
urlpatterns: list[URLPattern] = []
