"""Addresses of this package."""

from django.urls import path

from klimtouw.people import views

app_name = "people"
urlpatterns = [
    path("instellingen/", views.settings, name="settings"),
    path("instellingen/aangemeld/", views.signed_in, name="signed_in"),
    path("bewaard/", views.kept_form, name="kept_form"),
]
