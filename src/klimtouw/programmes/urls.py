"""Addresses of this package."""

from django.urls import path

from klimtouw.programmes import views

app_name = "programmes"
urlpatterns = [path("hulp/", views.help_route, name="help")]
