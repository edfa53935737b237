"""Addresses of this package."""

from django.urls import path

from klimtouw.takeaway import views

app_name = "takeaway"
urlpatterns = [
    path("meenemen/", views.home, name="home"),
]
