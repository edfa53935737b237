"""Addresses of this package."""

from django.urls import path

from klimtouw.people import views

app_name = "people"
urlpatterns = [
    path("instellingen/", views.settings, name="settings"),
    path("instellingen/aangemeld/", views.signed_in, name="signed_in"),
    path("toestel/", views.contact, name="contact"),
    path("toestel/sleutel/", views.device_key, name="device_key"),
    path("bewaard/", views.kept_form, name="kept_form"),
]
